/** The texts of mails and letters: which there are, and one of them being written. */
import { useQuery } from "@tanstack/react-query";

import { useUrlState } from "@/lib/url-state";

import { PartStates } from "../part-states";
import { pageOf, placeIn } from "./place";
import { TemplateEditor } from "./template-editor";
import { TemplateList } from "./template-list";
import { templateQuery, templatesQuery } from "./templates-api";
import type { Place } from "./place";

export default function TemplatesPart() {
  const { query } = useUrlState();
  const place = placeIn(query);
  return place === null ? <All /> : <One key={pageOf(place)} place={place} />;
}

function All() {
  const all = useQuery(templatesQuery);
  return <PartStates query={all}>{(items) => <TemplateList items={items} />}</PartStates>;
}

function One({ place }: { place: Place }) {
  const one = useQuery(templateQuery(place));
  return (
    <PartStates query={one}>{(first) => <TemplateEditor place={place} first={first} />}</PartStates>
  );
}
