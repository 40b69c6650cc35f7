import { countSegments, maxBody } from "../models/segments.ts";
import { keepDraft } from "./drafts.ts";
import { place } from "./streamActions.ts";
import { localise } from "./times.ts";

interface Sent {
  form: HTMLFormElement;
  formId: string;
  text: string;
  bubble: HTMLElement | undefined;
}

let sent: Sent | undefined;

/** Enter sends, the bubble is there at once, and what could not be sent comes back into the field. */
export function startComposer(): void {
  document.addEventListener("keydown", sendOnEnter);
  document.addEventListener("input", ({ target }) => count(target));
  document.addEventListener("turbo:submit-start", (event) => started(event.target as HTMLFormElement));
  document.addEventListener("turbo:before-fetch-response", keepPageOnFault);
  document.addEventListener("turbo:submit-end", (event) =>
    ended(event as CustomEvent<{ success: boolean; error?: Error }>),
  );
  document.addEventListener("turbo:load", focusComposer);
}

function sendOnEnter(event: KeyboardEvent): void {
  const field = event.target;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  if (!(field instanceof HTMLTextAreaElement) || !field.form?.matches("[data-composer]")) return;
  event.preventDefault();
  if (field.value.trim() !== "") field.form.requestSubmit();
}

function started(form: HTMLFormElement): void {
  if (!form.matches("[data-composer]")) return;
  const field = fieldOf(form);
  const formId = idOf(form);
  sent = { form, formId: formId.value, text: field.value, bubble: drawPending(formId.value, field.value) };
  field.value = "";
  formId.value = freshId();
  keepDraft(field);
  count(field);
}

function drawPending(formId: string, text: string): HTMLElement | undefined {
  const template = document.querySelector<HTMLTemplateElement>("#pending-message");
  const bubble = template?.content.firstElementChild?.cloneNode(true);
  const thread = document.querySelector<HTMLElement>(".thread");
  if (!(bubble instanceof HTMLElement) || !thread) return undefined;
  bubble.id = `message_${formId.replace(/[^A-Za-z0-9]/g, (sign) => `_${sign.codePointAt(0)}_`)}`;
  bubble.dataset.order = String(Date.now());
  bubble.dataset.optimistic = "";
  const words = bubble.querySelector(".bubble");
  if (words) words.textContent = text;
  const time = bubble.querySelector("time");
  if (time) time.dateTime = new Date().toISOString();
  localise(bubble);
  place(thread, bubble);
  return bubble;
}

// A fault of the server must not replace the page that holds the text.
function keepPageOnFault(event: Event): void {
  const { fetchResponse } = (event as CustomEvent<{ fetchResponse: { response: Response } }>).detail;
  if (event.target !== sent?.form || fetchResponse.response.status < 500) return;
  event.preventDefault();
  giveBack("Parley could not take your message just now. Your text is still here; try again in a moment.");
}

function ended(event: CustomEvent<{ success: boolean; error?: Error }>): void {
  if (event.target !== sent?.form) return;
  if (event.detail.error)
    giveBack("Parley cannot be reached. Your text is still here; try again when you are back online.");
  if (event.detail.success) sent = undefined;
}

function giveBack(reason: string): void {
  if (!sent) return;
  const field = fieldOf(sent.form);
  // The old id goes with the old text: should it have arrived after all, sending it again is no second message.
  if (field.value === "") idOf(sent.form).value = sent.formId;
  field.value = field.value === "" ? sent.text : `${sent.text}\n${field.value}`;
  sent.bubble?.remove();
  sent = undefined;
  keepDraft(field);
  count(field);
  showAlert(reason);
}

function showAlert(text: string): void {
  const alert = Object.assign(document.createElement("div"), {
    className: "alert alert-danger",
    textContent: text,
  });
  alert.setAttribute("role", "alert");
  document.getElementById("alerts")?.replaceChildren(alert);
}

function count(target: EventTarget | null): void {
  if (!(target instanceof HTMLTextAreaElement) || !target.form?.matches("[data-composer]")) return;
  const line = target.form.querySelector("[data-count]");
  if (line) line.textContent = describe(target.value);
}

function describe(text: string): string {
  if (text.length > maxBody) return `${text.length - maxBody} characters too many; a text has at most 1,600.`;
  const { segments } = countSegments(text);
  return segments > 1 ? `${text.length} characters, billed as ${segments} texts` : "";
}

function focusComposer(): void {
  const form = document.querySelector<HTMLFormElement>("[data-composer]");
  if (!form) return;
  if (idOf(form).value === "") idOf(form).value = freshId();
  const wide = matchMedia("(min-width: 54rem)").matches;
  if (wide && !document.querySelector("dialog[open]")) fieldOf(form).focus();
}

function fieldOf(form: HTMLFormElement): HTMLTextAreaElement {
  return form.elements.namedItem("body") as HTMLTextAreaElement;
}

function idOf(form: HTMLFormElement): HTMLInputElement {
  return form.elements.namedItem("formId") as HTMLInputElement;
}

function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
