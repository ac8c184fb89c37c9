/// Names that registries and standards give. Source: IANA "iCalendar Element Registries"; CSS Color Module Level 3,
/// section 4.3.
enum KnownNames {
  static let properties = words(
    """
    CALSCALE METHOD PRODID VERSION ATTACH CATEGORIES CLASS COMMENT DESCRIPTION GEO LOCATION PERCENT-COMPLETE PRIORITY \
    RESOURCES STATUS SUMMARY COMPLETED DTEND DUE DTSTART DURATION FREEBUSY TRANSP TZID TZNAME TZOFFSETFROM TZOFFSETTO \
    TZURL ATTENDEE CONTACT ORGANIZER RECURRENCE-ID RELATED-TO URL UID EXDATE RDATE RRULE EXRULE ACTION REPEAT TRIGGER \
    CREATED DTSTAMP LAST-MODIFIED SEQUENCE REQUEST-STATUS NAME REFRESH-INTERVAL SOURCE COLOR IMAGE CONFERENCE BUSYTYPE \
    TZUNTIL TZID-ALIAS-OF STYLED-DESCRIPTION STRUCTURED-DATA LOCATION-TYPE PARTICIPANT-TYPE RESOURCE-TYPE \
    CALENDAR-ADDRESS CONCEPT LINK REFID ACKNOWLEDGED PROXIMITY
    """)

  /// Properties with one TEXT value. X-ALT-DESC and COMMENT included.
  static let text = words(
    """
    SUMMARY DESCRIPTION LOCATION COMMENT CONTACT UID NAME RELATED-TO TZNAME X-WR-CALNAME X-WR-CALDESC X-WR-TIMEZONE \
    X-MAINTNOTE-PROVIDER X-MAINTNOTE-ACCOUNT X-MAINTNOTE-MAINTENANCE-ID X-MAINTNOTE-OBJECT-ID X-ALT-DESC
    """)

  /// Properties with a list of TEXT values.
  static let textLists: Set<String> = ["CATEGORIES", "RESOURCES"]

  /// Properties that may stand once in a VEVENT (RFC 5545, section 3.6.1; RFC 7986, section 4).
  static let onceInEvent = [
    "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "SEQUENCE",
    "TRANSP", "CLASS", "CREATED", "LAST-MODIFIED", "ORGANIZER", "PRIORITY", "URL", "RECURRENCE-ID", "GEO", "COLOR",
    "RRULE",
  ]

  static let colors = words(
    """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood \
    cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray \
    darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen \
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue \
    firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew \
    hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan \
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue \
    lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine \
    mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise \
    mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange \
    orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum \
    powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue \
    slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white \
    whitesmoke yellow yellowgreen
    """)

  private static func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
}
