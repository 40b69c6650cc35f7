import { domIds } from "./domIds.ts";
import type { ListFilter } from "../models/chat/store.ts";
import type { Conversation, Pair } from "../models/types.ts";

/**
 * Every URL of the app, named once: who may come, to which controller's action, at which address as Express writes it.
 * What shows something is GET, what changes something is POST.
 */
export const patterns = {
  supervisors: {
    health: { show: "/healthz" },
    readiness: { show: "/readyz" },
    metrics: { show: "/metrics" },
  },
  twilio: {
    inboundMessages: { create: "/sms" },
    messageStatuses: { create: "/sms/status" },
  },
  anybody: {
    sessions: { new: "/login", create: "/login" },
  },
  signedIn: {
    sessions: { index: "/sessions", destroy: "/sign-out" },
    signOuts: { create: "/sessions/:session/sign-out" },
    everySession: { destroy: "/sign-out-everywhere" },
    logouts: { new: "/logout", create: "/logout" },
    exports: { show: "/export" },
    restores: { new: "/restore", create: "/restore" },
    conversations: { index: "/chat", show: "/chat/:twilioNumber/:target" },
    searches: { index: "/search" },
    messages: { create: "/chat/:twilioNumber/:target/messages" },
    media: { show: "/media/:message/:position" },
    readings: { create: "/chat/:twilioNumber/:target/readings" },
    targets: { new: "/targets/new", create: "/targets", update: "/chat/:twilioNumber/:target/name" },
    availableNumbers: { index: "/admin" },
    accountNumbers: { index: "/admin" },
    purchases: { new: "/admin/numbers/new", create: "/admin/numbers" },
    events: { index: "/events" },
  },
} as const;

const { supervisors, twilio, anybody, signedIn } = patterns;

/** The addresses as pages and redirects use them. */
export const paths = {
  health: supervisors.health.show,
  readiness: supervisors.readiness.show,
  metrics: supervisors.metrics.show,
  inboundMessages: twilio.inboundMessages.create,
  messageStatuses: twilio.messageStatuses.create,

  login: anybody.sessions.new,
  loginThen: (path: string, hasEnded: boolean) =>
    asking(paths.login, { ...(path ? { next: path } : {}), ...(hasEnded ? { ended: "yes" } : {}) }),
  loggedOut: `${anybody.sessions.new}?from=logout`,
  signedOut: `${anybody.sessions.new}?from=sign-out`,
  signOut: signedIn.sessions.destroy,
  sessions: signedIn.sessions.index,
  signOutOf: (session: string) => signedIn.signOuts.create.replace(":session", session),
  signOutEverywhere: signedIn.everySession.destroy,
  logout: signedIn.logouts.new,
  export: signedIn.exports.show,
  restores: signedIn.restores.new,
  events: signedIn.events.index,
  eventsAfter: (cursor: number) => asking(paths.events, { after: String(cursor) }),

  chat: signedIn.conversations.index,
  numberChat: (twilioNumber: string) => asking(paths.chat, { number: twilioNumber }),
  filteredChat: (twilioNumber: string, filter: ListFilter) =>
    asking(paths.chat, { number: twilioNumber, ...shown(filter) }),
  morePeople: (last: Conversation, filter: ListFilter) =>
    asking(paths.chat, {
      ...shown(filter),
      number: last.twilioNumber,
      after: last.target,
      ...(last.lastMessage ? { at: String(last.lastMessage.at.getTime()) } : {}),
    }),
  /** A row of a list that is filtered leads to itself within it. */
  conversationIn: (pair: Pair, filter: ListFilter) => asking(paths.conversation(pair), shown(filter)),
  conversation: (pair: Pair) => at(signedIn.conversations.show, pair),
  search: signedIn.searches.index,
  searchFor: (typed: string) => asking(paths.search, { q: typed }),
  moreFound: (typed: string, lastId: string) => asking(paths.search, { q: typed, after: lastId }),
  /** The conversation at this message, beside the search that found it. */
  found: (message: Pair & { id: string }, typed: string) =>
    `${asking(paths.conversation(message), { around: message.id, q: typed })}#${domIds.message(message.id)}`,
  /** The search in a conversation, at one of its matches. */
  match: (pair: Pair, typed: string, id?: string) =>
    asking(paths.conversation(pair), { find: typed, ...(id ? { around: id } : {}) }) +
    (id ? `#${domIds.message(id)}` : ""),
  earlier: (pair: Pair, messageId: string) => asking(paths.conversation(pair), { before: messageId }),
  editing: (pair: Pair, messageId: string) => asking(paths.conversation(pair), { edit: messageId }),
  pane: (path: string, pane: "targets" | "numbers") => `${path}${path.includes("?") ? "&" : "?"}pane=${pane}`,
  messages: (pair: Pair) => at(signedIn.messages.create, pair),
  media: (messageId: string, position: number) =>
    signedIn.media.show
      .replace(":message", encodeURIComponent(messageId))
      .replace(":position", String(position)),
  readings: (pair: Pair) => at(signedIn.readings.create, pair),
  name: (pair: Pair) => at(signedIn.targets.update, pair),
  targets: signedIn.targets.create,
  newTarget: signedIn.targets.new,
  /** The conversation with somebody whose number stands in a text, or the form that adds them. */
  textTo: (twilioNumber: string, phoneNumber: string) =>
    asking(signedIn.targets.new, { number: twilioNumber, phoneNumber }),

  admin: signedIn.accountNumbers.index,
  country: (country: string) => asking(paths.admin, { country }),
  purchases: signedIn.purchases.create,
  newPurchase: signedIn.purchases.new,
};

/** Whether the address is one of our pages for somebody signed in, and not another site's. */
export function isOwnPage(address: unknown): address is string {
  return (
    typeof address === "string" &&
    pageRoots.some(
      (root) => address === root || address.startsWith(`${root}/`) || address.startsWith(`${root}?`),
    )
  );
}

const pageRoots = [
  paths.chat,
  paths.search,
  paths.admin,
  paths.targets,
  paths.logout,
  paths.restores,
  paths.sessions,
];

function at(pattern: string, pair: Pair): string {
  return pattern.replace(/:(\w+)/g, (_, name: keyof Pair) => encodeURIComponent(pair[name]));
}

function shown(filter: ListFilter): Record<string, string> {
  return filter === "all" ? {} : { show: filter };
}

function asking(path: string, query: Record<string, string>): string {
  if (Object.keys(query).length === 0) return path;
  const fields = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${path}?${fields.join("&")}`;
}
