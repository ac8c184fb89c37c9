import CivilTime
import Testing

struct ElapsedTests {
  @Test(
    arguments: [
      ("90m", 5400), ("2h", 7200), ("2h30", 9000), ("1h30m15s", 5415), ("45s", 45), ("PT2H", 7200), ("PT1H30M", 5400),
      ("48h", 172_800), ("2H", 7200), ("pt90m", 5400), ("PT1H30M15S", 5415), ("1h15s", 3615), ("PT1H15S", 3615),
      ("30min", 1800), ("1h30min", 5400), ("1h05", 3900), ("1h5", 3900), ("1h0", 3600), ("2h59", 10_740), ("0m", 0),
      ("0s", 0), ("PT0S", 0), ("87840h", 316_224_000), ("30min15s", 1815), ("007m", 420), ("1h59m59s", 7199),
      ("2 h", 7200), ("3 h 30 min", 12_600), ("3\u{202F}h\u{A0}30\u{202F}min", 12_600), ("2h 30", 9000),
      ("2 heures", 7200),
      ("1 heure 30 minutes", 5400), ("90 minutes", 5400), ("2h30mn", 9000), ("1 hour 15 mins", 4500), ("45 sec", 45),
    ] as [(String, Int64)])
  func `A length of time is read`(text: String, seconds: Int64) {
    #expect(Elapsed(text)?.seconds == seconds)
  }

  @Test(arguments: [
    "", " ", "0", "90", "h", "m", "P", "PT", "T1H", "P1D", "1d", "P1DT1H", "P2W", "-2h", "+2h", "-PT2H", "2h-30m",
    "2 30", "2h 3 0", " 2h", "2h ", "2h60", "2h90", "2h300", "30m2h", "2h2h", "15s1m", "1m1m", "30mi", "PT30MIN",
    "PT2H30",
    "1.5h",
    "1,5h", "PT1.5H", "87841h", "999999999h", "1000000000s", "9999999999999999999h", "2h30m15", "2h30s15", "45s30",
    "PT2heures", "PT2 H", "2 jours", "2 h30 x",
    "１h", "2h\u{0}", "90m30", "1h30m15s1",
  ])
  func `Any other text, a sign and days are refused`(text: String) {
    #expect(Elapsed(text) == nil)
  }

  @Test func `Lengths add, subtract and compare as seconds`() {
    #expect(Elapsed.hours(1) + .minutes(30) == Elapsed(seconds: 5400))
    #expect(Elapsed.minutes(30) - .hours(1) == Elapsed(seconds: -1800))
    #expect(Elapsed(seconds: -1) < .zero)
  }
}
