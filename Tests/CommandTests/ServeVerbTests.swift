import TestSupport
import Testing

/// What `serve` refuses before it listens.
struct ServeVerbTests {
  @Test(
    arguments: [
      (["--max-connections", "0"], "--max-connections 0: from 1 to 65000."),
      (["--max-connections=-5"], "--max-connections -5: from 1 to 65000."),
      (["--max-connections", "65001"], "--max-connections 65001: from 1 to 65000."),
      (["--max-connections", "9223372036854775807"], "--max-connections 9223372036854775807: from 1 to 65000."),
      (["--api-rate=-1"], "--api-rate -1: from 0 to 100000."),
      (["--api-rate", "100001"], "--api-rate 100001: from 0 to 100000."),
      (["--threads", "0"], "--threads 0: from 1 to 256."), (["--threads", "257"], "--threads 257: from 1 to 256."),
      (["--trusted-proxy", "10.0.0.0/8"], "--trusted-proxy 10.0.0.0/8: write an IP address, or unix."),
      (["--sendmail", "/nowhere/sendmail"], "--sendmail /nowhere/sendmail: no program that can be run."),
      (["--sendmail", "/etc"], "--sendmail /etc: no program that can be run."),
      (["--listen", "127.0.0.1:65536"], "--listen 127.0.0.1:65536: write host:port"),
      (["--tls-key", "key.pem"], "--tls-certificate and --tls-key go together."),
    ])
  func `A value out of bounds is an error that names them`(arguments: [String], message: String) throws {
    // The last one never listens, should a value be taken: this address is nobody's here.
    let place = arguments.contains("--listen") ? [] : ["--listen", "192.0.2.1:1"]
    let answer = try Program().run(["serve"] + place + arguments + ["--lang", "en"])
    #expect(answer.status == 64 && answer.output.isEmpty)
    #expect(answer.errors.contains("preavis: \(message)"))
  }
}
