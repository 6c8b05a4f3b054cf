Attribute VB_Name = "XlfButtons"
Option Explicit

' One callback for each button of the tab Commissioning. Each hands its command's name on and
' shows the reply; what the command does is Python's business.

Public Sub XlfRefresh(control As IRibbonControl)
    ShowReply Press("refresh")
End Sub

Public Sub XlfPreview(control As IRibbonControl)
    ShowReply Press("preview")
End Sub

Public Sub XlfReconcile(control As IRibbonControl)
    ShowReply Press("reconcile")
End Sub

Public Sub XlfSplit(control As IRibbonControl)
    ShowReply Press("split")
End Sub

Public Sub XlfScenarios(control As IRibbonControl)
    ShowReply Press("scenarios")
End Sub

Public Sub XlfRegenerate(control As IRibbonControl)
    ShowReply Press("regenerate")
End Sub

Public Sub XlfPublish(control As IRibbonControl)
    ShowReply Press("publish")
End Sub

Public Sub XlfIssueForms(control As IRibbonControl)
    ShowReply Press("issue-forms")
End Sub

Public Sub XlfCheckReturns(control As IRibbonControl)
    ShowReply Press("check-returns")
End Sub

Public Sub XlfAbout(control As IRibbonControl)
    ShowReply Press("about")
End Sub

Public Sub XlfGuide(control As IRibbonControl)
    ShowReply Press("guide")
End Sub
