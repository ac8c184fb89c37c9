import Files
import Testing

/// Mails that came back, as RFC 3464 writes them.
@Suite struct BounceFileTests {
  /// Source: RFC 3464, appendix E.2, "Multi-Recipient DSN", with a boundary in quotation marks and the mail's own header.
  static let several = """
    Date: Fri, 8 Jul 1994 09:21:47 -0400
    From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>
    Subject: Returned mail: User unknown
    To: <owner-ups-mib@CS.UTK.EDU>
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status;
          boundary="JAA13167.773673707/CS.UTK.EDU"

    --JAA13167.773673707/CS.UTK.EDU
    content-type: text/plain; charset=us-ascii

    ----- The following addresses had delivery problems -----
    <arathib@vnet.ibm.com>  (unrecoverable error)
    <wsnell@sdcc13.ucsd.edu>  (unrecoverable error)

    --JAA13167.773673707/CS.UTK.EDU
    content-type: message/delivery-status

    Reporting-MTA: dns; cs.utk.edu

    Original-Recipient: rfc822;arathib@vnet.ibm.com
    Final-Recipient: rfc822;arathib@vnet.ibm.com
    Action: failed
    Status: 5.0.0 (permanent failure)
    Diagnostic-Code: smtp;
     550 'arathib@vnet.IBM.COM' is not a registered gateway user
    Remote-MTA: dns; vnet.ibm.com

    Original-Recipient: rfc822;johnh@hpnjld.njd.hp.com
    Final-Recipient: rfc822;johnh@hpnjld.njd.hp.com
    Action: delayed
    Status: 4.0.0 (hpnjld.njd.jp.com: host name lookup failure)

    Original-Recipient: rfc822;wsnell@sdcc13.ucsd.edu
    Final-Recipient: rfc822;wsnell@sdcc13.ucsd.edu
    Action: failed
    Status: 5.0.0
    Diagnostic-Code: smtp; 550 user unknown
    Remote-MTA: dns; sdcc13.ucsd.edu

    --JAA13167.773673707/CS.UTK.EDU
    content-type: message/rfc822

    Message-ID: <CHG-2026-0001.0.announcement.fr.5eed@portal.example>
    Subject: hello

    [original message goes here]
    --JAA13167.773673707/CS.UTK.EDU--
    """

  /// Source: RFC 3464, appendix E.1, "Simple DSN": the time ran out, which says nothing of the address.
  static let simple = """
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status;
    \tboundary="RAA14128.773615765/CS.UTK.EDU"

    --RAA14128.773615765/CS.UTK.EDU

    The original message was received at Sat, 2 Jul 1994 17:10:28 -0400

    --RAA14128.773615765/CS.UTK.EDU
    content-type: message/delivery-status

    Reporting-MTA: dns; cs.utk.edu

    Original-Recipient: rfc822;louisl@larry.slip.umd.edu
    Final-Recipient: rfc822;louisl@larry.slip.umd.edu
    Action: failed
    Status: 4.0.0
    Diagnostic-Code: smtp; 426 connection timed out
    Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400

    --RAA14128.773615765/CS.UTK.EDU--
    """

  static let answer =
    "Subject: Absent du bureau\nAuto-Submitted: auto-replied\n\nFinal-Recipient: rfc822;a@b.example\nAction: failed\nStatus: 5.1.1\n"

  private static func read(_ text: String) -> BounceFile { BounceFile(Array(text.utf8)) }

  @Test(arguments: ["\n", "\r\n"])
  func `Of each recipient it is told what came of the mail, and which mail it was`(end: String) {
    let file = Self.read(Self.several.replacing("\n", with: end))
    #expect(
      file.failures.map(\.addresses) == [
        ["arathib@vnet.ibm.com"], ["johnh@hpnjld.njd.hp.com"], ["wsnell@sdcc13.ucsd.edu"],
      ])
    #expect(file.failures.map(\.status) == ["5.0.0", "4.0.0", "5.0.0"])
    #expect(file.failures.map(\.isPermanent) == [true, false, true])
    #expect(Set(file.failures.map(\.messageID)) == ["CHG-2026-0001.0.announcement.fr.5eed@portal.example"])
    #expect(file.others == 0)
  }

  @Test func `What failed for want of time is not for good, and an answer is no report`() {
    let simple = Self.read(Self.simple)
    #expect(simple.failures.map(\.isPermanent) == [false])
    #expect(simple.failures.map(\.messageID) == [nil])
    let answer = Self.read(Self.answer)
    #expect((answer.failures.count, answer.others) == (0, 1))
  }

  /// Source: RFC 4155; a line of a body that begins with `From ` is not behind an empty line, or has a `>` before it.
  @Test func `A mailbox is read message by message`() {
    let box = [Self.several, Self.answer, Self.simple].map { "From MAILER-DAEMON Thu Jul  7 17:16:05 1994\n\($0)\n" }
      .joined(separator: "\n")
    let file = Self.read(box)
    #expect(file.failures.count == 4)
    #expect(file.others == 1)
  }

  @Test(arguments: [
    "", "\n\n", "From x\n", "Content-Type: multipart/report\n\n",
    "Content-Type: multipart/report; boundary=\n\n--\n----",
    "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n\n\nAction: failed",
    "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nx: y\n\nAction: failed\nFinal-Recipient: rfc822",
  ])
  func `What is cut or empty names nobody`(text: String) { #expect(Self.read(text).failures == []) }

  @Test func `Addresses are one a line or the first column, and a line of names is none`() {
    func read(_ text: String) -> [String] { AddressRows(Array(text.utf8)).rows.map { "\($0.line) \($0.text)" } }
    #expect(read("a@b.example\r\n\r\n  c@d.example \r\n") == ["1 a@b.example", "3 c@d.example"])
    #expect(
      read("\u{FEFF}Courriel;Nom\n\"a@b.example\";\"Durand; Fils\"\nc@d.example;\n") == [
        "2 a@b.example", "3 c@d.example",
      ])
    #expect(read("email,name\na@b.example,x\nnobody\n") == ["2 a@b.example", "3 nobody"])
    #expect(read("a@b.example\tx\n") == ["1 a@b.example"])
  }
}
