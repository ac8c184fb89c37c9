// A client in TypeScript, made by openapi-generator from the document, plays the life of a change.
// usage: deno run --check life.ts ADDRESS TOKEN INSTANT…   the instants: free starts, RFC 3339. Prints what does not hold; 1 then.
import {
  ChangesApi, Configuration, GateApi, ListChangesSortEnum, NoticesApi, OutagesApi, ResponseError,
  ChangeState, GateState, NoticeChannel, NoticeKind, OutageCause, ProblemCode, ProblemFromJSON,
} from "./client/index.ts";
import type { Change, Problem, SubmitRequest } from "./client/index.ts";

const [address, token, ...free] = Deno.args;
const told = new Configuration({ basePath: `${address}/api/v1`, accessToken: token });
const changes = new ChangesApi(told), notices = new NoticesApi(told), outages = new OutagesApi(told), gate = new GateApi(told);
let faults = 0;

function expect(holds: boolean, what: string, found: unknown): void {
  if (holds) return;
  faults += 1;
  console.log(`${what}: ${JSON.stringify(found)}`);
}

async function refusal(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ResponseError) return ProblemFromJSON(await error.response.json());
    throw error;
  }
  throw new Error("was not refused");
}

const asked: SubmitRequest = { title: "Migration", titleEn: "Migration of data", start: free[0], duration: "1h" };
const made: Change = await changes.submit({ submitRequest: asked, idempotencyKey: "typescript-1" });
expect(made.state === ChangeState.Planned && made.titleEn === asked.titleEn, "submit", made);
expect(made.start.getTime() === Date.parse(free[0]) && made.end.getTime() - made.start.getTime() === 3_600_000, "times", made);
const again = await changes.submitRaw({ submitRequest: asked, idempotencyKey: "typescript-1" });
expect(again.raw.headers.get("idempotency-replayed") === "true", "the same key", [...again.raw.headers]);

const shown = await changes.showChangeRaw({ change: made.id });
const tag = shown.raw.headers.get("etag") ?? "";
const same = await fetch(`${address}/api/v1/changes/${made.id}`, {
  headers: { "If-None-Match": tag, "Authorization": `Bearer ${token}` },
});
expect(same.status === 304, "304", same.status);

const refused = await refusal(changes.submit({ submitRequest: { ...asked, title: "Trop tôt" } }));
expect(refused.code === ProblemCode.Refused && (refused.verdict?.findings.length ?? 0) > 0, "refused", refused);

const moved = await changes.rescheduleRaw({
  change: made.id, ifMatch: tag, rescheduleRequest: { start: free[2], duration: "1h", reason: "Le prestataire est en retard" },
});
const change = await moved.value();
expect(change.revision === 1 && change.start.getTime() === Date.parse(free[2]), "reschedule", change);
const stale = await refusal(changes.amend({ change: made.id, ifMatch: tag, amendRequest: { title: "x", reason: "y" } }));
expect(stale.code === ProblemCode.StaleRevision && stale.revision === 1, "stale", stale);

const owed = await notices.listNoticesDue({});
expect(owed.some((each) => each.change === made.id && each.kind === NoticeKind.Rescheduled), "owed", owed);
await changes.recordNotice({
  change: made.id, recordNoticeRequest: { channel: NoticeChannel.Portal, kind: NoticeKind.Rescheduled },
});
const newest = await changes.listChanges({ sort: ListChangesSortEnum.UpdatedDescending, limit: 1 });
expect(newest[0]?.id === made.id && newest[0].notices?.length === 1, "newest first", newest);

const outage = await outages.recordOutage({
  recordOutageRequest: { cause: OutageCause.Incident, start: "2026-01-05T09:00Z", duration: "1h", title: "Panne" },
});
expect(outage.end !== null && outage.end.getTime() - outage.start.getTime() === 3_600_000, "outage", outage);
const now = await gate.askGate({ service: made.service });
expect(now.state === GateState.Open || now.state === GateState.Closed, "gate", now);

const cancelled = await changes.cancel({
  change: made.id, ifMatch: moved.raw.headers.get("etag") ?? "", cancelRequest: { reason: "Sans objet" },
});
expect(cancelled.state === ChangeState.Cancelled, "cancel", cancelled);
expect((await changes.showHistory({ change: made.id })).length === 4, "history", made.id);
Deno.exit(faults === 0 ? 0 : 1);
