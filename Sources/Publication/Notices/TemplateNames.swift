/// The names that a template may use.
struct TemplateNames {
  /// Always have a value.
  var always: Set<String>
  /// May lack a value, so that they are written only inside a section of their own name.
  var optional: Set<String>
  /// True or false: sections only.
  var flags: Set<String>
  /// Lists: sections only, inside which `itemNames` and `.` stand for the item.
  var lists: Set<String> = []
  var itemNames: Set<String> = []
  var optionalItemNames: Set<String> = []

  var all: Set<String> { always.union(optional).union(flags).union(lists).union(itemNames).union(optionalItemNames) }

  /// What the report of a month's availability may use.
  static let availability = TemplateNames(
    always: [
      "id", "service", "month", "td", "target", "prt", "ti", "days", "budget", "budget-left", "clause", "contact",
      "portal",
    ],
    optional: ["provisional", "late-td", "late-ids", "contact-url", "contact-email"],
    flags: ["met"])

  /// What the layouts may use.
  static let layout = TemplateNames(
    always: [
      "subject", "language", "reference", "facts-heading", "changes-heading", "before-heading", "after-heading",
      "description-heading",
    ],
    optional: ["simulation"],
    flags: ["has-changes", "has-description"],
    lists: ["paragraphs", "facts", "changes", "description"],
    itemNames: [".", "name", "label", "value", "text", "before", "after"],
    optionalItemNames: ["url"])
}
