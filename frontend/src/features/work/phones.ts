/** The numbers to call, out of the particulars of a task: "Ana Gil 976 111 222 · 976 333 444". */
export interface Phone {
  name: string;
  phone: string;
}

const NUMBER = /\+?\d[\d\s()./-]{4,}$/;

export function phonesIn(detail: string): Phone[] {
  return detail.split(" · ").flatMap((part) => {
    const phone = NUMBER.exec(part.trim())?.[0];
    if (phone === undefined) return [];
    return [{ name: part.trim().slice(0, -phone.length).trim(), phone }];
  });
}

export function dialled(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, "")}`;
}
