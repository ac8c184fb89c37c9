import CivilTime
import JSONText
import Planning
import Publication
import Testing

/// The figures of a year.
@Suite struct AnnexYearTests {
  @Test(arguments: AnnexSamples.expected)
  func `A year is what an hour-by-hour count in Python says`(expected: AnnexSamples.Expected) throws {
    let year = try AnnexSamples.year(expected.year, AnnexSamples.contract(expected.zone))
    let windows = expected.json["windows"]?.array ?? []
    #expect(year.windows.map { TimeText.utc($0.interval.start) } == windows.map { $0.array?[0].string })
    #expect(year.windows.map(\.length.seconds) == windows.map { $0.array?[1].integer })
    #expect(year.holidays.map { TimeText.date($0.date) } == expected.strings("holidays"))
    #expect(year.bridges.map { TimeText.date($0.date) } == expected.strings("bridges"))
    #expect(year.clockChanges.map { TimeText.utc($0.at) } == expected.strings("clock_changes"))
    let months = expected.json["months"]?.array ?? []
    #expect(year.months.count == 12 && months.count == 12)
    for (month, expected) in zip(year.months, months) {
      let figures = month.figures
      #expect(Int64(figures.days) == expected["days"]?.integer)
      #expect(Int64(figures.windows) == expected["windows"]?.integer)
      #expect(figures.window.seconds == expected["window_seconds"]?.integer)
      #expect(Int64(figures.referenceDays) == expected["business_days"]?.integer)
      #expect(figures.reference.seconds == expected["prt_seconds"]?.integer)
      #expect(figures.allowed?.seconds == expected["allowed_seconds"]?.integer)
    }
  }

  @Test(arguments: 1990...2060)
  func `The windows of a year, cut to it, are the sum of its months`(number: Int) throws {
    let year = try AnnexSamples.year(number, AnnexSamples.contract())
    let span = try #require(
      Interval(start: year.days[0].interval.start, end: year.days[year.days.count - 1].interval.end))
    let cut = year.windows.compactMap { $0.interval.intersection(span) }
    #expect(cut.reduce(0) { $0 + $1.length.seconds } == year.total.window.seconds)
    // Between window and reference lies only what is neither.
    for day in year.days where day.reference != nil {
      #expect(day.windows.allSatisfy { day.reference?.overlaps($0) == false })
    }
    #expect(year.days.reduce(0) { $0 + $1.interval.length.seconds } == span.length.seconds)
  }

  @Test func `A clock change shortens and lengthens the window that it falls in`() throws {
    // Easter Monday 2027 follows the change of March, All Saints' Day that of October.
    let changes = try AnnexSamples.year(2027, AnnexSamples.contract()).clockChanges
    #expect(changes.map(\.dayLength) == [.hours(23), .hours(25)])
    #expect(changes.map { $0.window?.length } == [.hours(54), .hours(56)])
    #expect(changes.map { $0.window?.clockShift } == [.hours(-1), .hours(1)])
    #expect(changes.allSatisfy { $0.window?.isLengthenedByHoliday == true })
  }

  @Test func `Only holidays that join other whole days lengthen a window`() throws {
    let year = try AnnexSamples.year(2027, AnnexSamples.contract())
    let joined = year.windows.filter(\.isLengthenedByHoliday).flatMap(\.holidays).map { TimeText.date($0.date) }
    #expect(
      joined == ["2027-03-29", "2027-05-01", "2027-05-08", "2027-05-17", "2027-11-01", "2027-12-25"])
    // Good Friday and Saint Stephen's Day: the second follows Christmas and joins Saturday to Sunday.
    let alsace = try AnnexSamples.year(2027, AnnexSamples.contract("alsace-moselle"))
    let christmas = alsace.windows.last { $0.isLengthenedByHoliday }
    #expect(christmas?.holidays.map { TimeText.date($0.date) } == ["2027-12-25", "2027-12-26"])
    #expect(christmas?.length == .hours(55))
  }

  @Test func `Each part of a year follows the version in force`() throws {
    let contract = try AnnexSamples.contract { contract in
      var terms = contract.versions[0]
      terms.effectiveFrom = AnnexSamples.day("2027-03-16")
      terms.availability?.targetBasisPoints = 9950
      terms.window.nights = [.init(start: .midnight, end: TimeOfDay(hour: 5, minute: 0))]
      contract.versions.append(terms)
    }
    let year = try AnnexSamples.year(2027, contract)
    #expect(year.versions.count == 2)
    #expect(year.targets == [9900, 9950])
    let march = year.months[2]
    #expect(march.target == 9950)
    // 22 days of 46,800 s; where two targets share a month the stricter one judges it: 0.5 %.
    #expect(march.figures.allowed == Elapsed(seconds: 22 * 234))
    #expect(march.days[14].windows.map(\.length) == [.hours(7)])
    #expect(march.days[15].windows.map(\.length) == [.hours(5)])
    #expect(try AnnexSamples.year(2026, contract).versions.count == 1)
    #expect(try AnnexSamples.year(2028, contract).versions.count == 1)
    // Before the first version, the first one.
    #expect(try AnnexSamples.year(2001, contract).versions.map(\.effectiveFrom) == [AnnexSamples.day("2021-10-18")])
  }

  @Test func `The allowed stop is cut to whole seconds, so that the target is met exactly`() throws {
    let contract = try AnnexSamples.contract { $0.versions[0].availability?.targetBasisPoints = 9997 }
    for month in try AnnexSamples.year(2027, contract).months {
      let prt = month.figures.reference.seconds
      let allowed = try #require(month.figures.allowed).seconds
      #expect((prt - allowed) * 10_000 >= 9997 * prt)
      #expect((prt - allowed - 1) * 10_000 < 9997 * prt)
    }
  }

  @Test func `Only production has a reference period`() throws {
    let year = try #require(
      AnnexYear(contract: AnnexSamples.contract(), environment: "preproduction", year: 2027))
    #expect(year.targets.isEmpty && year.total.allowed == nil && year.total.reference == .zero)
    #expect(year.windows.count == 303)
  }

  @Test func `An environment that is always open has one window of the year`() throws {
    let contract = try AnnexSamples.contract { $0.versions[0].window.anyTimeEnvironments = ["preproduction"] }
    let year = try #require(AnnexYear(contract: contract, environment: "preproduction", year: 2028))
    #expect(year.windows.map(\.length) == [.hours(24 * 366)])
    #expect(year.total.window == .hours(24 * 366))
  }

  @Test func `Freezes are those of the version in force on their days`() throws {
    let contract = try AnnexSamples.contract { contract in
      var terms = contract.versions[0]
      terms.effectiveFrom = AnnexSamples.day("2027-05-01")
      terms.freezes = []
      contract.versions.append(terms)
    }
    let year = try AnnexSamples.year(2027, contract)
    #expect(year.freezes.count == 1)
    #expect(year.days.filter { !$0.freezes.isEmpty }.map { TimeText.date($0.date) }.last == "2027-04-30")
    #expect(try AnnexSamples.year(2028, contract).freezes.isEmpty)
  }

  @Test func `Nights in a row are told together, and every window is told once`() throws {
    for number in [2027, 2028] {
      let year = try AnnexSamples.year(number, AnnexSamples.contract())
      let told = year.months.flatMap { year.runs(in: $0) }.flatMap(\.windows)
      #expect(told == year.windows)
    }
  }

  @Test func `Nights of equal length at other times are told apart`() throws {
    let contract = try AnnexSamples.contract { contract in
      var terms = contract.versions[0]
      terms.effectiveFrom = AnnexSamples.day("2027-06-10")
      terms.window.nights = [
        .init(start: TimeOfDay(hour: 1, minute: 0) ?? .midnight, end: TimeOfDay(hour: 8, minute: 0))
      ]
      contract.versions.append(terms)
    }
    let year = try AnnexSamples.year(2027, contract)
    // Tuesday and Wednesday by the old terms, Thursday to Saturday by the new ones.
    let week = year.runs(in: year.months[5]).map(\.windows.count)
    #expect(week.prefix(5) == [5, 1, 2, 3, 1])
  }

  @Test func `Years without neighbours are not computed`() throws {
    let contract = try AnnexSamples.contract()
    #expect(AnnexYear(contract: contract, year: 9999) == nil)
    #expect(AnnexYear(contract: contract, year: 1583) == nil)
  }
}
