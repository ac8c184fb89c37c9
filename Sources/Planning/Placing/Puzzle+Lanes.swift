/// Services and people, and the pairs of works that a rule binds.
extension Puzzle {
  func makeLanes(_ local: [Int]) {
    places = works.map { _ in [] }
    for service in Set(works.flatMap { model.works[$0].services }).sorted() {
      let own = model.members[service].map { local[$0] }.filter { $0 >= 0 && !starts[$0].isEmpty }
      let members = own.filter { !row($0).lifted.contains(.overlap) }
      let guests = own.filter { row($0).lifted.contains(.overlap) && row($0).isVisible }.map { work in
        Lane.Guest(
          work: work, windows: windows(work, service), counts: !row(work).lifted.contains(.interruptions))
      }
      guard !members.isEmpty || !guests.isEmpty else { continue }
      let paid = paidWindows(service, local)
      self.paid.append((service, paid.windows))
      let parts = parts(members)
      for part in parts {
        // The parts of a lane share the cost of a window, and cannot tell how many there are.
        let room = parts.count == 1 ? model.services[service].room.map { $0 - paid.used } : nil
        let lane = Lane(
          members: part, paid: paid.windows, windowCost: scale.interruption / Int64(parts.count), room: room)
        if room != nil { lane.guests = guests }
        append(lane, windows: part.map { windows($0, service) })
      }
    }
    for person in Set(works.flatMap { model.works[$0].crew }).sorted() {
      let members = model.crews[person].map { local[$0] }
        .filter { $0 >= 0 && !starts[$0].isEmpty && !row($0).lifted.contains(.rest) }
      for own in parts(members) {
        let row = model.people[person]
        let isRedundant = lanes.contains { $0.person == nil && Set($0.members).isSuperset(of: own) }
        guard own.count > 1, row.rest > 0 || !isRedundant else { continue }
        let lane = Lane(members: own, paid: [false], windowCost: 0, room: nil)
        lane.person = person
        lane.isRedundant = isRedundant
        lane.rules = row.longestRun.map { LaneTable.Rules(rest: row.rest, longest: $0) }
        append(lane, windows: own.map { [Int32](repeating: 0, count: starts[$0].count) })
      }
    }
    for link in links where !starts[link.first].isEmpty && !starts[link.second].isEmpty {
      appendPair(.link(link), [link.first, link.second])
    }
    for companion in companions where !starts[companion.work].isEmpty && !starts[companion.other].isEmpty {
      appendPair(.companion(companion), [companion.other, companion.work])
    }
  }

  private func row(_ work: Int) -> PlacingModel.Work { model.works[works[work]] }

  /// A table grows with the subsets of its members: those of a lane that is too wide share several.
  private func parts(_ members: [Int]) -> [[Int]] {
    let count = max(1, (members.count + widestLane - 1) / widestLane)
    return (0..<count).map { part in stride(from: part, to: members.count, by: count).map { members[$0] } }
  }

  /// The window of each start of a work.
  private func windows(_ work: Int, _ service: Int) -> [Int32] {
    let row = row(work)
    guard let slot = row.services.firstIndex(of: service) else { return [] }
    return origins[work].map { row.windows[slot][Int($0)] }
  }

  /// Windows of a service that the frame or bookings interrupt, and how many of its room the frame uses.
  private func paidWindows(_ service: Int, _ local: [Int]) -> (windows: [Bool], used: Int) {
    var windows = [Bool](repeating: false, count: model.services[service].windows.count)
    for window in model.services[service].booked { windows[Int(window)] = true }
    var (counted, outside) = (Set<Int32>(), 0)
    for work in model.members[service] where frame[work] != unplaced && model.works[work].isVisible {
      let row = model.works[work]
      guard let index = model.index(work, of: frame[work]), let slot = row.services.firstIndex(of: service) else {
        continue
      }
      let window = row.windows[slot][index]
      let counts = !row.lifted.contains(.interruptions)
      if window < 0 {
        outside += counts ? 1 : 0
      } else {
        windows[Int(window)] = true
        if counts, !model.services[service].booked.contains(window) { counted.insert(window) }
      }
    }
    return (windows, counted.count + outside)
  }

  private func appendPair(_ kind: Lane.Kind, _ members: [Int]) {
    let lane = Lane(members: members, windowCost: 0, room: nil)
    lane.kind = kind
    for (member, work) in members.enumerated() {
      lane.pays.append(false)
      places[work].append(Place(lane: lanes.count, member: member))
      lane.offsets.append(lane.size)
      lane.size += starts[work].count + 1
    }
    lanes.append(lane)
  }

  private func append(_ lane: Lane, windows: [[Int32]]) {
    lane.windows = windows
    for (member, work) in lane.members.enumerated() {
      let row = model.works[works[work]]
      lane.pays.append(row.isVisible && (lane.windowCost > 0 || lane.room != nil))
      lane.counts.append(!row.lifted.contains(.interruptions))
      places[work].append(Place(lane: lanes.count, member: member))
      lane.offsets.append(lane.size)
      lane.size += starts[work].count + 1
      for index in starts[work].indices {
        lane.events.append(
          Lane.Event(start: starts[work][index], member: Int32(member), index: Int32(index)))
      }
    }
    lane.events.sort { ($0.start, $0.member) < ($1.start, $1.member) }
    lanes.append(lane)
  }
}
