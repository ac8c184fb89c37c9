// Reads a feed as KOrganizer and Merkuro do: kcalendarcore FILE. Prints one line of JSON.
// The process lives in a far zone, so that a local time taken for UTC shows.
#include <KCalendarCore/Event>
#include <KCalendarCore/ICalFormat>
#include <KCalendarCore/MemoryCalendar>
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>
#include <cstdio>

static QJsonValue moment(const QDateTime &time, bool allDay) {
  if (!time.isValid()) return {};
  if (allDay) return time.date().toString(Qt::ISODate);
  if (time.timeSpec() == Qt::LocalTime) return QStringLiteral("floating:") + time.toString(Qt::ISODate);
  return time.toUTC().toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss'Z'"));
}

static QJsonValue status(KCalendarCore::Incidence::Status status) {
  switch (status) {
    case KCalendarCore::Incidence::StatusConfirmed: return QStringLiteral("CONFIRMED");
    case KCalendarCore::Incidence::StatusTentative: return QStringLiteral("TENTATIVE");
    case KCalendarCore::Incidence::StatusCanceled: return QStringLiteral("CANCELLED");
    default: return {};
  }
}

int main(int count, char **arguments) {
  qputenv("TZ", "Pacific/Apia");
  QCoreApplication application(count, arguments);
  QFile file(QString::fromLocal8Bit(count == 2 ? arguments[1] : ""));
  if (!file.open(QIODevice::ReadOnly)) return 2;
  KCalendarCore::MemoryCalendar::Ptr calendar(new KCalendarCore::MemoryCalendar(QTimeZone::utc()));
  KCalendarCore::ICalFormat format;
  const bool read = format.fromRawString(calendar, file.readAll());
  QJsonArray events;
  for (const auto &event : calendar->rawEvents()) {
    const QDateTime end = event->allDay() ? event->dtEnd().addDays(1) : event->dtEnd();
    events.append(QJsonObject{
        {QStringLiteral("uid"), event->uid()},
        {QStringLiteral("start"), moment(event->dtStart(), event->allDay())},
        {QStringLiteral("end"), moment(end, event->allDay())},
        {QStringLiteral("summary"), event->summary()},
        {QStringLiteral("status"), status(event->status())},
        {QStringLiteral("sequence"), event->revision()}});
  }
  const QJsonObject answer{
      {QStringLiteral("ok"), read}, {QStringLiteral("error"), QStringLiteral("not read")}, {QStringLiteral("events"), events}};
  std::puts(QJsonDocument(answer).toJson(QJsonDocument::Compact).constData());
  return 0;
}
