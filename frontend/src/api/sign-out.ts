/** Ends the session here and, when there is one, at the identity provider. */
import { auth } from "@/config/paths";

import { post } from "./client";

export async function signOut(): Promise<void> {
  const answer = await post<{ logout_url: string }>(auth.logout, {}, crypto.randomUUID());
  window.location.assign(answer.logout_url);
}
