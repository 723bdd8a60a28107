/** What holds for every operation. The documentation's own text is English, like the API. */

export interface Guide {
  id: string;
  title: string;
  paragraphs: string[];
  code?: string;
}

export const guidesFor = (origin: string): Guide[] => [
  {
    id: "authentication",
    title: "Authentication",
    paragraphs: [
      "A program shows an API key in the Authorization header. An administrator makes keys under Settings, API keys; the secret is shown once.",
      "A key has a role (viewer, collector, accountant, admin) and may have scopes. The role is the ceiling; scopes such as invoices:read or payments:write narrow it. To change an area includes to read it. A key without scopes may do all that its role may do. A key can have a last day, and can be revoked at any moment.",
      "401 means that the key is unknown, revoked or has ended; 403 that its role or its scopes do not reach. The answer names what is missing.",
    ],
    code: `export SALDO_API_KEY=sk_…
curl "${origin}/v1/me" -H "Authorization: Bearer $SALDO_API_KEY"`,
  },
  {
    id: "amounts",
    title: "Amounts, rates, days",
    paragraphs: [
      "Amounts are integers in minor units beside their currency: 121000 with EUR is 1,210.00 €, 1210 with JPY is 1,210 ¥. Rates are fractions in a text: \"0.21\" is 21 %. Days are YYYY-MM-DD at the company's place, instants RFC 3339 in UTC.",
      "Unknown fields of a body are refused, so that a misspelt one is noticed. New fields may be added to answers at any time.",
    ],
  },
  {
    id: "idempotency",
    title: "Idempotency",
    paragraphs: [
      "Every POST takes an Idempotency-Key of 1 to 255 printable characters. Sent again with the same key, the request has no second effect and gets the first answer, with the header Idempotency-Replayed: true. The same key with another body is refused with 422.",
      "Send one whenever you would try again: after a time-out nobody knows whether the first request arrived.",
    ],
  },
  {
    id: "paging",
    title: "Lists and pages",
    paragraphs: [
      "Lists give items and next_cursor. Ask again with cursor=<next_cursor> until it is null. limit is 1 to 200, 50 if you do not say. A cursor belongs to the filters that it came with.",
    ],
    code: `curl "${origin}/v1/invoices?state=issued&limit=100" \\
  -H "Authorization: Bearer $SALDO_API_KEY"`,
  },
  {
    id: "versions",
    title: "Concurrent changes",
    paragraphs: [
      "A resource comes with its version in the ETag header. Send it in If-Match with PATCH, PUT or DELETE: if somebody was faster the answer is 412 and nothing has changed. Read again, decide again.",
    ],
  },
  {
    id: "errors",
    title: "Errors",
    paragraphs: [
      "Errors are application/problem+json (RFC 9457). type is stable and ends in a code for programs; detail is for people. errors lists the fields at fault with a JSON pointer and a code. Quote request_id when you ask about a failure.",
      "400 the body cannot be read · 401 not signed in · 403 not allowed · 404 not found · 409 not possible in the present state · 412 changed in the meantime · 415 not JSON · 422 a field is not valid · 429 too many requests · 5xx a failure of ours: try again with the same Idempotency-Key.",
    ],
    code: `{
  "type": "urn:saldo:problem:scope_missing",
  "title": "Not allowed with this API key",
  "status": 403,
  "detail": "This API key lacks the scope customers:write.",
  "errors": [],
  "request_id": "9f0c2f0e-6d1b-4a7e-9b1e-0d6a7f2c1b11"
}`,
  },
  {
    id: "limits",
    title: "Limits",
    paragraphs: [
      "100 requests a second for the whole company, 200 in a burst; beyond that the answer is 429: wait, double the wait each time, add a little chance. A body has at most 1 MB, a request 29 seconds.",
    ],
  },
  {
    id: "webhook-verification",
    title: "Verifying webhooks",
    paragraphs: [
      "Outgoing webhooks follow Standard Webhooks 1.0.0. Each carries webhook-id, webhook-timestamp (seconds) and webhook-signature, which holds one or more signatures separated by spaces. A signature is v1, and the base64 of the HMAC-SHA256 over id.timestamp.body, keyed with the bytes behind whsec_ in base64. Any one of them being right is enough: while a secret is replaced there are two.",
      "Take the raw body, compare in constant time, refuse timestamps more than five minutes away, and remember webhook-id: the same event may arrive twice. Answer 2xx within 15 seconds and work afterwards.",
    ],
    code: `import base64, hashlib, hmac, time

def is_ours(secret: str, headers: dict[str, str], body: bytes) -> bool:
    sent_at = int(headers["webhook-timestamp"])
    if abs(time.time() - sent_at) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{sent_at}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, content, "sha256")).decode()
    signatures = headers["webhook-signature"].split()
    return any(hmac.compare_digest(f"v1,{expected}", one) for one in signatures)`,
  },
];
