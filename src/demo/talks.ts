// What the people of the demo have talked about.

export const shop = "+15014434496";
export const support = "+15017122661";
export const london = "+447400900123";
export const trialNumber = "+14155550123";

export const phones = [
  { name: "Anna Lindqvist", phoneNumber: "+15012080731" },
  { name: "Ben Okafor", phoneNumber: "+15012080947" },
  { name: "Chiara Rossi", phoneNumber: "+15018130442" },
  { name: "Dev Patel", phoneNumber: "+447400123456" },
  { name: "Emre Yılmaz", phoneNumber: "+447400654321" },
];

export type Line = [minutesAgo: number, direction: "in" | "out", body: string, failure?: number];

export const talks: { twilioNumber: string; phone: number; lines: Line[] }[] = [
  {
    twilioNumber: shop,
    phone: 0,
    lines: [
      [2 * 1440 + 40, "in", "Hi! Is the walnut shelf from the window still there?"],
      [2 * 1440 + 31, "out", "Hello Anna, yes, the last one. Shall we keep it for you until Saturday?"],
      [2 * 1440 + 30, "in", "Yes please! I'll come by after lunch."],
      [60 * 22, "out", "It is behind the counter with your name on it."],
      [18, "in", "On my way. Is there parking close by?"],
      [16, "out", "Right behind the shop, the first hour is free."],
      [14, "in", "Perfect, thank you!"],
    ],
  },
  {
    twilioNumber: shop,
    phone: 1,
    lines: [
      [5 * 1440, "out", "Your order is ready for pick-up. We are open until 6 pm."],
      [5 * 1440 - 12, "in", "Great, see you tomorrow."],
      [95, "in", "Do you also repair chairs?"],
    ],
  },
  {
    twilioNumber: shop,
    phone: 2,
    lines: [
      [9 * 1440, "in", "Ciao! Could you deliver to Conway?"],
      [9 * 1440 - 25, "out", "We can, on Thursdays. It costs 15 dollars."],
      [3 * 1440, "out", "We deliver tomorrow between 9 and 11.", 30003],
    ],
  },
  {
    twilioNumber: support,
    phone: 1,
    lines: [
      [1440 + 50, "in", "The assembly guide for the desk has a page missing."],
      [1440 + 42, "out", "Sorry about that! Page 4 is on its way to you by e-mail."],
    ],
  },
  {
    twilioNumber: london,
    phone: 3,
    lines: [
      [3 * 1440 + 9, "in", "Hello, do you ship to Manchester?"],
      [3 * 1440 + 2, "out", "We do, it takes two working days."],
    ],
  },
];
