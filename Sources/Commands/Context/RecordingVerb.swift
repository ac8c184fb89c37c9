/// A verb that records something: where nothing came of it, whoever ran it wants to know that nothing was recorded.
/// Verbs that only read have nothing to say of that.
protocol RecordingVerb: Verb {}

extension SubmitVerb: RecordingVerb {}
extension EmergencyVerb: RecordingVerb {}
extension ImportVerb: RecordingVerb {}
extension PublishedVerb: RecordingVerb {}
extension OutageRecordVerb: RecordingVerb {}
extension OutageAmendVerb: RecordingVerb {}
extension OutageVoidVerb: RecordingVerb {}
extension GateOverrideVerb: RecordingVerb {}
extension TokenCreateVerb: RecordingVerb {}
extension PrivateFeedCreateVerb: RecordingVerb {}
extension WebhookCreateVerb: RecordingVerb {}
extension MailingCreateVerb: RecordingVerb {}
extension GrantRevokeVerb: RecordingVerb {}
extension DeliveriesRetryVerb: RecordingVerb {}
