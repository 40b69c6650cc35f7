// Every URL of the app, named once.
import type { Pair } from "../models/types.ts";

const segment = encodeURIComponent;

export const paths = {
  login: "/login",
  logout: "/logout",
  chat: "/chat",
  admin: "/admin",
  events: "/events",
  targets: "/targets",
  inboundMessages: "/sms",
  messageStatuses: "/sms/status",
  availableNumbers: "/admin/numbers",

  loginThen: (path: string) => `/login?next=${segment(path)}`,
  numberChat: (twilioNumber: string) => `/chat?number=${segment(twilioNumber)}`,
  pane: (path: string, pane: "targets" | "numbers") => `${path}${path.includes("?") ? "&" : "?"}pane=${pane}`,
  conversation: ({ twilioNumber, target }: Pair) => `/chat/${segment(twilioNumber)}/${segment(target)}`,
  earlier: (pair: Pair, pages: number) => `${paths.conversation(pair)}?pages=${pages}`,
  editing: (pair: Pair, messageId: string) => `${paths.conversation(pair)}?edit=${segment(messageId)}`,
  messages: (pair: Pair) => `${paths.conversation(pair)}/messages`,
  readings: (pair: Pair) => `${paths.conversation(pair)}/readings`,
  name: (pair: Pair) => `${paths.conversation(pair)}/name`,
  newTarget: (twilioNumber: string) => `/targets/new?number=${segment(twilioNumber)}`,
  country: (country: string) => `/admin?country=${segment(country)}`,
  newNumber: (country: string, phoneNumber: string) =>
    `/admin/numbers/new?country=${segment(country)}&phoneNumber=${segment(phoneNumber)}`,
};
