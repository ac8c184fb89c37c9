import CivilTime
import Planning
import Publication
import Testing
import Wording

/// The picture of a month's availability: drawn with the parts of the annex, and held to the same.
@Suite struct AvailabilityPictureTests {
  /// Seconds of UTC; the month is October 2026, whose 25th has 25 hours.
  private static func stop(
    _ number: Int, _ start: String, _ end: String, _ cause: OutageCause = .incident,
    environment: String = "production", isOngoing: Bool = false, title: String = "Stop <b>&\"'"
  ) throws -> Stop {
    guard case .instant(let start)? = WrittenTime(start), case .instant(let end)? = WrittenTime(end),
      let interval = Interval(start: start, end: end), let id = OutageID("OUT-2026-\(1000 + number)")
    else { throw AnnexSamples.Missing(what: "\(start)–\(end)") }
    return Stop(
      source: .outage(id), title: title, cause: cause, environment: environment, interval: interval,
      isOngoing: isOngoing)
  }

  /// One of each shape.
  private static func each() throws -> [Stop] {
    [
      try stop(1, "2026-10-06T05:00:00+02:00", "2026-10-06T07:40:00+02:00"),
      try stop(2, "2026-10-07T08:30:00+02:00", "2026-10-07T09:45:00+02:00", .urgentMaintenance),
      try stop(3, "2026-10-13T17:00:00+02:00", "2026-10-14T08:10:00+02:00"),
      try stop(4, "2026-10-13T17:30:00+02:00", "2026-10-13T21:00:00+02:00"),
      try stop(5, "2026-10-13T18:00:00+02:00", "2026-10-13T19:00:00+02:00", .forceMajeure),
      try stop(6, "2026-10-20T09:00:00+02:00", "2026-10-20T18:00:00+02:00", environment: "preproduction"),
      try stop(7, "2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+01:00"),
      try stop(8, "2026-10-28T10:59:00+01:00", "2026-10-28T12:00:00+01:00", isOngoing: true),
    ]
  }

  /// Stops of every minute of two days, and forty at once.
  private static func many() throws -> [Stop] {
    let base = try stop(0, "2026-10-15T00:00:00+02:00", "2026-10-15T00:00:30+02:00").interval.start
    return try (0..<2880).map { number in
      try Stop(
        source: .outage(#require(OutageID("OUT-2026-\(1000 + number)"))), title: "", cause: .incident,
        environment: "production",
        interval: #require(Interval(start: base + .minutes(Int64(number)), length: Elapsed(seconds: 30))))
    } + (0..<40).map { try stop(5000 + $0, "2026-10-21T08:00:00+02:00", "2026-10-21T19:00:00+02:00") }
  }

  private static func picture(
    _ stops: [Stop], _ language: Language, crowded: Bool = false, now: String = "2026-10-28T12:00:00+01:00"
  ) throws -> [UInt8] {
    let contract = try crowded ? AnnexSamples.crowded() : AnnexSamples.contract()
    guard case .instant(let now)? = WrittenTime(now), let month = CivilMonth("2026-10"),
      let period = ReferencePeriod(contract, month: month)
    else { throw AnnexSamples.Missing(what: "month") }
    let availability = MonthAvailability(service: "s", period: period, stops: stops, now: now)
    return AvailabilityPicture(availability, contract: contract, language: language, now: now, isSimulation: true)
      .render()
  }

  @Test(arguments: [Language.french, .english], [0, 1, 2])
  func `No text leaves the page or meets another, and nothing is loaded or run`(language: Language, kind: Int) throws {
    let stops = try kind == 0 ? [] : kind == 1 ? Self.each() : Self.many()
    for isCrowded in [false, true] {
      let bytes = try Self.picture(stops, language, crowded: isCrowded)
      #expect(bytes.count < 2_000_000)
      let reader = try #require(PictureReader(bytes))
      for (index, text) in reader.texts.enumerated() {
        #expect(text.left >= 900 && text.right <= 29_700 - 900, "\(text)")
        #expect(text.top >= 500 && text.bottom <= 20_500, "\(text)")
        let met = reader.texts[(index + 1)...].first { $0.meets(text) }
        #expect(met == nil, "\(text) meets \(String(describing: met))")
      }
      #expect(
        Set(reader.elements.keys).isSubset(of: [
          "svg", "title", "desc", "style", "defs", "pattern", "g", "rect", "path", "circle", "text",
        ]))
      #expect(reader.attributes.isDisjoint(with: ["href", "xlink:href", "style", "onload", "class"]))
      #expect(reader.root["role"] == "img" && reader.root["lang"] == language.rawValue)
      #expect(reader.root["width"] == "297mm" && reader.root["height"] == "210mm")
    }
  }

  @Test(arguments: [Language.french, .english])
  func `Every stop is drawn in its place, named, and told in words`(language: Language) throws {
    let bytes = try Self.picture(Self.each(), language)
    let text = String(decoding: bytes, as: UTF8.self)
    // An hour is 700 wide from 3500 on: 07:00 to 07:40 are 8400 and 466, 05:00 to 07:00 are 7000 and 1400.
    #expect(text.contains(##"<rect x="8400" y="20" width="466" height="360" fill="#111111">"##))
    #expect(text.contains(##"<rect x="7000" y="20" width="1400" height="360" fill="#ffffff" stroke="#111111""##))
    // 08:30 to 09:45 of an excluded cause.
    #expect(text.contains(##"<rect x="9450" y="20" width="875" height="360" fill="url(#preavis-hatch)""##))
    // Another environment: dashed.
    #expect(
      text.contains(
        ##"<rect x="9800" y="20" width="6300" height="360" fill="#ffffff" stroke="#111111" stroke-width="20" stroke-dasharray="##
      ))
    // The day of 25 hours is a row of 25 hours.
    #expect(text.contains(##"<rect x="3500" y="0" width="17500" height="400""##))
    let reader = try #require(PictureReader(bytes))
    let shown = reader.texts.map(\.content).joined(separator: "\n").replacing("\u{202F}", with: " ")
    let described = try #require(reader.titles["desc"]).replacing("\u{202F}", with: " ")
    for number in 1...8 { #expect(described.contains("OUT-2026-\(1000 + number)")) }
    for number in [1, 2, 3, 6, 7, 8] { #expect(shown.contains("OUT-2026-\(1000 + number)")) }
    // 40 min, 2 h (17:00–18:00, 19:00–20:00), 1 h 10 min and 1 h 1 min are 4 h 51 min of 286 h.
    for loss in ["40 min", "2 h", "1 h 10 min", "1 h 1 min"] {
      #expect(shown.split(separator: "\n").contains { $0 == loss })
    }
    for text in [shown, described] {
      #expect(text.contains(language("TI 4 h 51 min", "TI 4 h 51 min")))
      #expect(
        text.contains(
          language(
            "TD 98.304196 %, target 99 % (article 6): breached",
            "TD 98,304196 %, objectif 99 % (article 6)\u{A0}: non respecté")))
      #expect(text.contains(language("1 h 59 min 24 s over", "dépassé de 1 h 59 min 24 s")))
    }
    #expect(shown.hasPrefix("[SIMULATION] "))
    for meaning in [
      ("reference period (PRT)", "période de référence (PRT)"), ("maintenance window", "fenêtre de maintenance"),
      ("neither window nor reference", "ni fenêtre ni référence"), ("stop that counts (TI)", "arrêt compté (TI)"),
      ("excluded cause, or covered by one", "cause exclue, ou couvert par une telle cause"),
      ("counted with another stop", "compté avec un autre arrêt"),
      ("goes on, counted up to now", "en cours, compté jusqu’ici"),
    ] { #expect(shown.contains(language.choice(meaning.0, meaning.1)), "\(meaning)") }
    // All but 28 to 31 October are over.
    #expect(reader.texts.filter { $0.content == language("to come", "à venir") }.count == 3)
  }

  /// 1 % of 286 h is 10,296 s.
  @Test(arguments: [
    (0, 0, 0), (1, 1, 0), (5148, 10, 0), (10_295, 19, 0), (10_296, 20, 0), (10_297, 19, 1), (20_592, 10, 10),
    (1_029_600, 1, 19),
  ])
  func `The bar is full at the budget and says what is over`(lost: Int64, used: Int, beyond: Int) {
    let figures = AvailabilityFigures(
      reference: .hours(286), unavailable: Elapsed(seconds: lost), targetBasisPoints: 9900)
    let bar = BudgetBar(figures, width: 20)
    #expect(bar.used == used && bar.beyond == beyond && bar.used + bar.left + bar.beyond == 20)
    #expect((bar.beyond > 0) == !figures.isMet)
  }

  @Test func `Where nothing is allowed, or nothing promised, the bar is empty until something is lost`() {
    for (reference, target) in [(Int64(286), 10_000), (0, 9900)] {
      let kept = AvailabilityFigures(reference: .hours(reference), unavailable: .zero, targetBasisPoints: target)
      #expect(BudgetBar(kept, width: 20).left == 20)
    }
    let lost = AvailabilityFigures(reference: .hours(286), unavailable: .hours(1), targetBasisPoints: 10_000)
    #expect(BudgetBar(lost, width: 20).beyond == 20)
  }
}
