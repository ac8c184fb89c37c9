// The verbs that record something.
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
