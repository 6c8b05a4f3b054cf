Attribute VB_Name = "XlfButtons"
Option Explicit

' One callback for each button of the tab Commissioning. Each hands its command's name on and
' shows the reply; what the command does is Python's business.

Public Sub XlfRefresh(control As IRibbonControl)
    ShowReply Press(control, "refresh")
End Sub

Public Sub XlfPreview(control As IRibbonControl)
    ShowReply Press(control, "preview")
End Sub

Public Sub XlfReconcile(control As IRibbonControl)
    ShowReply Press(control, "reconcile")
End Sub

Public Sub XlfSplit(control As IRibbonControl)
    ShowReply Press(control, "split")
End Sub

Public Sub XlfScenarios(control As IRibbonControl)
    ShowReply Press(control, "scenarios")
End Sub

Public Sub XlfRegenerate(control As IRibbonControl)
    ShowReply Press(control, "regenerate")
End Sub

Public Sub XlfPublish(control As IRibbonControl)
    ShowReply Press(control, "publish")
End Sub

Public Sub XlfIssueForms(control As IRibbonControl)
    ShowReply Press(control, "issue-forms")
End Sub

Public Sub XlfCheckReturns(control As IRibbonControl)
    ShowReply Press(control, "check-returns")
End Sub

Public Sub XlfAbout(control As IRibbonControl)
    ShowReply Press(control, "about")
End Sub

Public Sub XlfGuide(control As IRibbonControl)
    ShowReply Press(control, "guide")
End Sub
