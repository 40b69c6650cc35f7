import { visit } from "@hotwired/turbo";
import { domIds } from "../helpers/domIds.ts";
import { countSegments, maxBody } from "../models/chat/segments.ts";
import { idGivenBack, keepDraft, keepGivenBack, restoreDraft } from "./drafts.ts";
import { leftOver, post, startOutbox, type Outcome, type OutgoingText } from "./outbox.ts";
import { refreshPage } from "./refresh.ts";
import { place } from "./streamActions.ts";
import { localise } from "./times.ts";

/** Enter sends, the bubble is there at once, and what could not be sent comes back into the field. */
export function startComposer(): void {
  document.addEventListener("keydown", sendOnEnter);
  document.addEventListener("input", ({ target }) => count(target));
  document.addEventListener("submit", send);
  document.addEventListener("turbo:load", focusComposer);
  startOutbox();
  for (const event of ["turbo:load", "parley:stayed"]) document.addEventListener(event, sendLeftOver);
}

function sendOnEnter(event: KeyboardEvent): void {
  const field = event.target;
  if (event.key !== "Enter" || event.shiftKey || isComposing(event) || isTouched()) return;
  if (!(field instanceof HTMLTextAreaElement) || !field.form?.matches("[data-composer]")) return;
  event.preventDefault();
  if (field.value.trim() !== "") field.form.requestSubmit();
}

// Keyboards on glass have no Shift+Enter, so there Enter is a new line and the button sends.
function isTouched(): boolean {
  return matchMedia("(pointer: coarse) and (hover: none)").matches;
}

// Safari ends the composition before the key that ends it, which only the old code tells.
function isComposing({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229;
}

// Turbo would give up one message when the next is sent, so these forms go their own way.
function send(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-composer]")) return;
  event.preventDefault();
  const field = fieldOf(form);
  if (field.value.trim() === "") return;
  if (field.value.length > maxBody) return showAlert(tooLong(field.value));
  const formId = idOf(form);
  if (formId.value === "") formId.value = freshId();
  const id = idGivenBack(form.action, field.value) ?? formId.value;
  const text = { action: form.action, formId: id, text: field.value };
  clearAlerts();
  field.value = "";
  formId.value = freshId();
  keepDraft(text.action, "");
  stopEditing();
  count(field);
  void sendText(text, drawPending(text.formId, text.text));
}

// The address named the failed text, and would bring it back.
function stopEditing(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has("edit")) return;
  address.searchParams.delete("edit");
  history.replaceState(history.state, "", address);
  restoreDraft();
}

function sendLeftOver(): void {
  for (const text of leftOver()) void sendText(text);
}

async function sendText(text: OutgoingText, bubble?: HTMLElement): Promise<void> {
  const outcome = await post(text);
  if (outcome.kind === "unsent") giveBack(text, bubble, outcome);
  else if (outcome.kind === "sent") showNewest();
}

// A page that shows an earlier part of the conversation has no place for what was just said.
function showNewest(): void {
  const isEarlier = document.querySelector(".thread[data-ends-early]") !== null;
  if (isEarlier) visit(location.pathname, { action: "replace" });
}

function drawPending(formId: string, text: string): HTMLElement | undefined {
  const template = document.querySelector<HTMLTemplateElement>("#pending-message");
  const bubble = template?.content.firstElementChild?.cloneNode(true);
  const thread = document.querySelector<HTMLElement>(".thread");
  if (!(bubble instanceof HTMLElement) || !thread) return undefined;
  bubble.id = domIds.message(formId);
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

function giveBack(
  sent: OutgoingText,
  bubble: HTMLElement | undefined,
  { reason, stale }: Extract<Outcome, { kind: "unsent" }>,
): void {
  bubble?.remove();
  const form = document.querySelector<HTMLFormElement>("[data-composer]");
  showAlert(reason);
  keepGivenBack(sent.action, sent.formId, sent.text);
  // Somebody else's conversation is open by now, or none: the text waits where it belongs.
  if (!form || form.action !== sent.action) return keepDraft(sent.action, sent.text);
  const field = fieldOf(form);
  field.value = field.value === "" ? sent.text : `${sent.text}\n${field.value}`;
  keepDraft(sent.action, field.value);
  count(field);
  if (stale) refreshPage();
}

function showAlert(text: string): void {
  const alert = Object.assign(document.createElement("div"), {
    className: "alert alert-danger",
    textContent: text,
  });
  alert.setAttribute("role", "alert");
  document.getElementById("alerts")?.replaceChildren(alert);
}

function clearAlerts(): void {
  document.getElementById("alerts")?.replaceChildren();
}

function count(target: EventTarget | null): void {
  if (!(target instanceof HTMLTextAreaElement) || !target.form?.matches("[data-composer]")) return;
  const line = target.form.querySelector("[data-count]");
  if (line) line.textContent = describe(target.value);
}

function describe(text: string): string {
  if (text.length > maxBody) return tooLong(text);
  const { segments } = countSegments(text);
  return segments > 1 ? `${text.length} characters, billed as ${segments} texts` : "";
}

function tooLong(text: string): string {
  const excess = text.length - maxBody;
  return `${excess} ${excess === 1 ? "character" : "characters"} too many; a text has at most 1,600.`;
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
