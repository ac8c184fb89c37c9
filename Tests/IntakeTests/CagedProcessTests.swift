import Commands
import Testing

/// Bounds on a process, tried with processes that break them.
@Suite struct CagedProcessTests {
  static func run(
    _ script: String, input: [UInt8] = [], seconds: Double = 20, limit: Int = 1 << 20
  ) throws -> (end: CagedProcess.End, output: [UInt8]) {
    try CagedProcess.run(
      "/bin/sh", ["-c", script], input: input, environment: ["PATH": "/usr/bin:/bin", "MARK": "x"], seconds: seconds,
      outputLimit: limit)
  }

  @Test func `Input, output and status come through`() throws {
    let input = [UInt8](repeating: 0x61, count: 1 << 20)
    let whole = try Self.run("cat; exit 65", input: input, limit: 1 << 21)
    #expect(whole.end == .exited(65))
    #expect(whole.output == input)
    #expect(try Self.run("echo $MARK$HOME").output == Array("x\n".utf8))
  }

  @Test func `A process that does not read its input is no obstacle`() throws {
    let answer = try Self.run("exec <&-; echo done", input: [UInt8](repeating: 0, count: 4 << 20))
    #expect(answer.end == .exited(0))
    #expect(answer.output == Array("done\n".utf8))
  }

  @Test(arguments: ["exec sleep 60", "exec sleep 60 >&-", "echo x; exec sleep 60"])
  func `A process that does not end is killed at its time`(script: String) throws {
    let clock = ContinuousClock()
    var end: CagedProcess.End?
    let time = try clock.measure { end = try Self.run(script, seconds: 0.5).end }
    #expect(end == .tooSlow)
    #expect(time < .seconds(10))
  }

  @Test func `Output without end is cut off`() throws {
    let answer = try Self.run("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", limit: 10_000)
    #expect(answer.end == .tooMuchOutput)
    #expect(answer.output.count < 200_000)
  }

  @Test func `Death by a signal is told from an exit`() throws {
    #expect(try Self.run("kill -SEGV $$").end == .killed(signal: 11))
  }

  @Test func `A program that is not there is an error`() {
    #expect(throws: CageError.self) {
      try CagedProcess.run("/nonexistent", [], input: [], environment: [:], seconds: 1, outputLimit: 1)
    }
  }
}
