/** A signing secret that was made just now, shown this once, and how a receiver checks with it. */
import { Button, CopyButton, Group, Modal, SegmentedControl } from "@mantine/core";
import { useState } from "react";

import { Icon } from "@/components/icon";
import { useLanguage } from "@/i18n";

import settings from "../settings.module.css";
import classes from "./webhooks.module.css";

const SNIPPETS = {
  Node: `// npm install standardwebhooks
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.SALDO_WEBHOOK_SECRET);
// The body exactly as it came. Throws if the signature is wrong or old.
const event = webhook.verify(rawBody, request.headers);`,
  Python: `# pip install standardwebhooks
from standardwebhooks import Webhook

webhook = Webhook(os.environ["SALDO_WEBHOOK_SECRET"])
# The body exactly as it came. Raises if the signature is wrong or old.
event = webhook.verify(raw_body, dict(request.headers))`,
  PHP: `<?php // no library needed
[$id, $time] = [$_SERVER['HTTP_WEBHOOK_ID'], $_SERVER['HTTP_WEBHOOK_TIMESTAMP']];
$key = base64_decode(substr(getenv('SALDO_WEBHOOK_SECRET'), strlen('whsec_')));
$body = file_get_contents('php://input');
$ours = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$time.$body", $key, true));
$given = explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE']);
$matches = array_filter($given, fn($one) => hash_equals($ours, $one));
if (!$matches || abs(time() - (int) $time) > 300) { http_response_code(400); exit; }`,
} as const;
const LANGUAGES = ["Node", "Python", "PHP"] as const;

/** Closed only on purpose: neither a click beside it nor Escape loses the secret. */
export function SecretShown({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>("Node");
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.shownOnce}
      size="lg"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <p>{words.shownBody}</p>
      <div className={classes.shown}>
        <code className={settings.secret}>{secret}</code>
        <Copy value={secret} />
      </div>
      <div className={classes.verify}>
        <h3 className={classes.title}>{words.verify}</h3>
        <SegmentedControl
          size="xs"
          aria-label={words.verify}
          data={[...LANGUAGES]}
          value={language}
          onChange={(value) => setLanguage(LANGUAGES.find((one) => one === value) ?? "Node")}
        />
      </div>
      <pre className={classes.code}>{SNIPPETS[language]}</pre>
      <Group justify="flex-end" gap="xs" mt="md">
        <Copy value={SNIPPETS[language]} what={language} />
        <Button onClick={onClose}>{words.done}</Button>
      </Group>
    </Modal>
  );
}

function Copy({ value, what }: { value: string; what?: string }) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const name = what === undefined ? words.copy : `${words.copy} ${what}`;
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          onClick={copy}
          leftSection={copied ? <Icon name="check" size={16} /> : null}
          data-autofocus={what === undefined ? true : undefined}
        >
          {copied ? words.copied : name}
        </Button>
      )}
    </CopyButton>
  );
}
