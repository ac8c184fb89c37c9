#include <libical/ical.h>

/// An iterator over the occurrences of `rule` from `start` to `until`, whatever UNTIL the rule itself has; NULL when
/// libical cannot read the rule. Here because the rule is a structure of some kilobytes that nobody else needs to see.
static inline icalrecur_iterator *shim_recurrence_iterator(
  const char *rule, struct icaltimetype start, struct icaltimetype until)
{
  struct icalrecurrencetype recurrence = icalrecurrencetype_from_string(rule);
  if (recurrence.freq == ICAL_NO_RECURRENCE) return 0;
  recurrence.until = until;
  return icalrecur_iterator_new(recurrence, start);
}
