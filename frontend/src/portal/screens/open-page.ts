/** Lead the browser to a provider's page: by its address, or as a form where it has fields. */
interface Page {
  url: string;
  fields: Record<string, string> | null;
}

export function openPage({ url, fields }: Page): void {
  if (fields === null) {
    window.location.assign(url);
    return;
  }
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  form.hidden = true;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
