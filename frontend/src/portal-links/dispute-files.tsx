/** What a customer sent with a dispute. Each is saved, never shown: it comes from outside. */
import type { Dispute } from "@/api/models";
import { endpoints } from "@/config/paths";
import { useLanguage } from "@/i18n";

import classes from "./portal-links.module.css";

export function DisputeFiles({ dispute }: { dispute: Dispute }) {
  const { m } = useLanguage();
  const { id, files } = dispute;
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={m.portal.files}>
      {files.map((file) => (
        <li key={file.id}>
          <a href={endpoints.disputeFile(id, file.id)} download>
            {file.name}
          </a>
        </li>
      ))}
    </ul>
  );
}
