import type { SandboxAccount } from "./account.ts";
import { offerOf } from "./stock.ts";
import type { SandboxMessage, SandboxNumber } from "./resources.ts";

export interface Usage {
  category: string;
  description: string;
  count: number;
  countUnit: string;
  /** US dollars. */
  price: number;
}

interface Category {
  name: string;
  description: string;
  holds: (message: SandboxMessage) => boolean;
}

const inbound = ({ direction }: SandboxMessage) => direction === "inbound";
const isMms = ({ numMedia }: SandboxMessage) => numMedia > 0;

const messageCategories: Category[] = [
  { name: "sms", description: "SMS", holds: (message) => !isMms(message) },
  {
    name: "sms-inbound",
    description: "Inbound SMS",
    holds: (message) => !isMms(message) && inbound(message),
  },
  {
    name: "sms-outbound",
    description: "Outbound SMS",
    holds: (message) => !isMms(message) && !inbound(message),
  },
  { name: "mms", description: "MMS", holds: isMms },
  { name: "mms-inbound", description: "Inbound MMS", holds: (message) => isMms(message) && inbound(message) },
  {
    name: "mms-outbound",
    description: "Outbound MMS",
    holds: (message) => isMms(message) && !inbound(message),
  },
];

const numberCategories: { name: string; description: string; holds: (number: SandboxNumber) => boolean }[] = [
  { name: "phonenumbers", description: "Phone numbers", holds: () => true },
  { name: "phonenumbers-local", description: "Local numbers", holds: ({ type }) => type === "local" },
  { name: "phonenumbers-mobile", description: "Mobile numbers", holds: ({ type }) => type === "mobile" },
  {
    name: "phonenumbers-tollfree",
    description: "Toll-free numbers",
    holds: ({ type }) => type === "toll_free",
  },
];

/** What an account used from one moment up to another, computed from what it really sent, received and bought. */
export function usageOf(account: SandboxAccount, from: Date, until: Date): Usage[] {
  const within = (at: Date) => at >= from && at < until;
  const messages = account.log.between(from, until).filter(({ price }) => price !== null);
  const numbers = [...account.numbers.values()].filter(({ dateCreated }) => within(dateCreated));
  const used = [
    ...messageCategories.map(({ name, description, holds }) =>
      sum(name, description, "messages", messages.filter(holds), ({ price }) => -Number(price)),
    ),
    ...numberCategories.map(({ name, description, holds }) =>
      sum(name, description, "numbers", numbers.filter(holds), monthlyPrice),
    ),
  ];
  const tops = used.filter(({ category }) => ["sms", "mms", "phonenumbers"].includes(category));
  const price = tops.reduce((total, usage) => total + usage.price, 0);
  return [...used, { category: "totalprice", description: "Total price", count: 0, countUnit: "usd", price }];
}

/** US dollars that an account has left of what it started with. */
export function balanceOf(account: SandboxAccount): number {
  const total = usageOf(account, new Date(0), new Date(8.64e15)).find(
    ({ category }) => category === "totalprice",
  );
  return startingBalance - (total?.price ?? 0);
}

const startingBalance = 100;

function sum<Item>(
  category: string,
  description: string,
  countUnit: string,
  items: Item[],
  priceOf: (item: Item) => number,
): Usage {
  const price = items.reduce((total, item) => total + priceOf(item), 0);
  return { category, description, countUnit, count: items.length, price };
}

function monthlyPrice({ phoneNumber, type }: SandboxNumber): number {
  return Number(offerOf(phoneNumber, type)?.price ?? 1);
}
