Attribute VB_Name = "XlfDesktop"
Option Explicit

' Hands a command's name to Python by way of the module xlwings, and shows what Python replies.
' On Windows Excel waits for Python, which leaves its reply in a file. On a Mac Excel does not
' wait, and Python shows the reply itself.

Private Const TITLE As String = "xlframework"

' What puts most things right, typed in a command prompt.
Private Const REPAIR As String = "xlframework addin install"

' Signs that a Windows or Mac command line, or xlwings, would take for something else than a
' part of a workbook's name. Names made of anything else go through as they are.
Private Const SIGNS As String = """$`\|=%"

' What Python wrote before it stopped without a reply; the module xlwings puts it here.
Public LastWords As String

' What the press at hand has Python run; the module xlwings runs nothing else.
Public Commanded As String

' A button hands over itself, which a formula in a cell cannot: a workbook presses no button.
Public Function Press(ByVal control As IRibbonControl, ByVal command As String) As String
    Dim token As String
    If control Is Nothing Then Exit Function
    LastWords = ""
    Press = WhyNot()
    If Press <> "" Then Exit Function
    On Error GoTo Refused
    Application.StatusBar = TITLE & " is at work..."
    #If Mac Then
        token = "mac-" & CLng(Timer)
    #Else
        MakeToken token
    #End If
    Commanded = "from xlframework.addin.desktop import press; press('" & command & "', '" & token & "')"
    StartPython Commanded
    Commanded = ""
    Press = ReplyTo(token)
    ClearStatusBar
    Exit Function
Refused:
    Commanded = ""
    Press = Problem("Excel could not start Python (" & Err.Description & "). Show this to whoever " & _
        "looks after your computer; xlframework brings a page for them, addin-it.md.")
    ClearStatusBar
End Function

Public Sub ShowReply(ByVal reply As String)
    Dim lineEnd As Long
    Dim text As String
    lineEnd = InStr(reply, vbCrLf)
    If lineEnd = 0 Then Exit Sub
    text = Mid$(reply, lineEnd + 2)
    Select Case Left$(reply, lineEnd - 1)
        Case "information"
            MsgBox text, vbInformation, TITLE
        Case "exclamation"
            MsgBox text, vbExclamation, TITLE
        Case "critical"
            MsgBox text, vbCritical, TITLE
    End Select
End Sub

' Says why no Python can be started for the workbook in front; nothing if it can.
Private Function WhyNot() As String
    Dim interpreter As String
    If ActiveWorkbook Is Nothing Then
        WhyNot = Problem("No workbook is open for editing. Open the commissioning workbook; if it " & _
            "shows Protected View, press Enable Editing. Then press the button again.")
        Exit Function
    End If
    If HasSign(ActiveWorkbook.Name) Then
        WhyNot = Problem("The name of this workbook has one of the signs " & SIGNS & " in it, which " & _
            "cannot be handed to Python. Save it under a name without them and press again.")
        Exit Function
    End If
    #If Mac Then
        ReadSetting "INTERPRETER_MAC", interpreter
    #Else
        ReadSetting "INTERPRETER_WIN", interpreter
    #End If
    If interpreter = "" Then
        WhyNot = Problem("The add-in does not know where Python is. Open a command prompt, type" & _
            Typed(REPAIR) & "and start Excel again.")
    ElseIf Not IsThere(interpreter) Then
        WhyNot = Problem("The Python that the add-in was installed with is not there any more:" & _
            Typed(interpreter) & "Open a command prompt, type" & Typed(REPAIR) & "and start Excel again.")
    End If
End Function

' Only a full path will do: a bare "python" would be looked for in the folder Excel happens to
' be in, which may be that of a workbook that came by e-mail.
Private Function IsThere(ByVal interpreter As String) As Boolean
    #If Mac Then
        IsThere = (Left$(interpreter, 1) = "/")
    #Else
        Dim isFound As Boolean
        LookForFile interpreter, isFound
        IsThere = isFound And (Mid$(interpreter, 2, 2) = ":\" Or Left$(interpreter, 2) = "\\")
    #End If
End Function

Private Function HasSign(ByVal name As String) As Boolean
    Dim place As Long
    For place = 1 To Len(SIGNS)
        If InStr(name, Mid$(SIGNS, place, 1)) > 0 Then HasSign = True
    Next place
End Function

' Takes up the reply that Python left for this press, in UTF-16: two bytes for each sign, the
' smaller one first, whatever code page the machine has.
Private Function ReplyTo(ByVal token As String) As String
    #If Not Mac Then
        Dim path As String
        Dim bytes() As Byte
        Dim number As Integer
        Dim place As Long
        Dim isAnswered As Boolean
        path = Environ("TEMP") & "\xlframework-" & token & ".txt"
        LookForFile path, isAnswered
        If Not isAnswered Then
            ReplyTo = Problem("Python was started, but xlframework did not answer." & LastLine() & _
                " Open a command prompt, type" & Typed(REPAIR) & "and press the button again. If that " & _
                "does not help, show this to whoever looks after your computer.")
            Exit Function
        End If
        number = FreeFile
        Open path For Binary Access Read As #number
        ReDim bytes(0 To LOF(number) - 1)
        Get #number, , bytes
        Close #number
        Kill path
        For place = 0 To UBound(bytes) - 1 Step 2
            ReplyTo = ReplyTo & ChrW(bytes(place) + 256& * bytes(place + 1))
        Next place
    #End If
End Function

' The last line of what Python wrote, which names the error.
Private Function LastLine() As String
    Dim lines() As String
    Dim place As Long
    lines = Split(LastWords, vbCrLf)
    For place = UBound(lines) To 0 Step -1
        If Trim$(lines(place)) <> "" Then
            LastLine = " It stopped with: " & Trim$(lines(place)) & "."
            Exit Function
        End If
    Next place
End Function

Private Function Typed(ByVal words As String) As String
    Typed = vbCrLf & vbCrLf & "    " & words & vbCrLf & vbCrLf
End Function

Private Function Problem(ByVal text As String) As String
    Problem = "exclamation" & vbCrLf & text
End Function

Private Sub ClearStatusBar()
    #If Not Mac Then
        Application.StatusBar = False
    #End If
End Sub
