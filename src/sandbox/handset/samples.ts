import { png, type Colour } from "./png.ts";

interface Shape {
  colour: Colour;
  covers: (x: number, y: number) => boolean;
}

interface Sample {
  name: string;
  label: string;
  sky: [top: Colour, bottom: Colour];
  shapes: Shape[];
}

const [width, height] = [320, 240];
// Each point is the mean of four, which smooths the edges.
const [near, far] = [0.25, 0.75];

const walnut: Colour = [104, 66, 40];

const sunset: Sample = {
  name: "sunset",
  label: "Sunset",
  sky: [
    [44, 62, 110],
    [250, 170, 100],
  ],
  shapes: [
    oval([255, 228, 160], 160, 150, 38, 38),
    box([38, 70, 104], 0, 152, 320, 240),
    ...[160, 172, 184, 198, 214].map((y, row) =>
      box([235, 180, 130], 130 + row * 6, y, 190 - row * 6, y + 4),
    ),
    oval([26, 42, 66], 20, 160, 110, 26),
    oval([30, 48, 74], 320, 162, 90, 34),
    box([38, 70, 104], 0, 166, 128, 240),
    box([38, 70, 104], 224, 166, 320, 240),
  ],
};

const shelf: Sample = {
  name: "shelf",
  label: "Shelf",
  sky: [
    [238, 230, 216],
    [224, 212, 194],
  ],
  shapes: [
    ...[98, 174].map((y) => box(walnut, 40, y, 280, y + 10)),
    ...[64, 244].map((x) => box([82, 50, 30], x, 20, x + 8, 222)),
    ...books(80, 98, [
      [160, 60, 50],
      [50, 104, 110],
      [220, 170, 80],
      [70, 84, 120],
    ]),
    ...books(172, 174, [
      [90, 120, 80],
      [200, 120, 90],
      [60, 70, 90],
    ]),
    box([190, 100, 70], 190, 74, 222, 98),
    ...[
      [206, 60],
      [194, 66],
      [218, 66],
      [206, 46],
    ].map(([x = 0, y = 0]) => oval([70, 130, 90], x, y, 12, 12)),
    oval([236, 236, 230], 120, 158, 18, 16),
  ],
};

const cat: Sample = {
  name: "cat",
  label: "Cat",
  sky: [
    [204, 226, 222],
    [168, 204, 200],
  ],
  shapes: [
    oval([74, 78, 86], 160, 250, 92, 90),
    wedge([74, 78, 86], 104, 40, 52),
    wedge([74, 78, 86], 216, 40, 52),
    oval([74, 78, 86], 160, 124, 76, 64),
    ...[130, 190].flatMap((x) => [oval([236, 214, 110], x, 116, 16, 15), oval([24, 26, 30], x, 116, 5, 13)]),
    oval([226, 150, 150], 160, 144, 8, 5),
    ...[100, 220].flatMap((x) => [140, 150].map((y) => box([230, 232, 234], x - 24, y, x + 24, y + 1.5))),
  ],
};

/** Pictures for people who have none at hand. */
export const samples = [sunset, shelf, cat].map(({ name, label }) => ({ name, label }));

const drawn = new Map<string, Buffer>();

/** The sample of this name as a PNG file; undefined when there is none. */
export function samplePicture(name: string): Buffer | undefined {
  const sample = [sunset, shelf, cat].find((each) => each.name === name);
  const picture = sample && (drawn.get(name) ?? png(width, height, (x, y) => colourOf(sample, x, y)));
  if (picture) drawn.set(name, picture);
  return picture;
}

function colourOf(sample: Sample, x: number, y: number): Colour {
  const at = (right: number, down: number) => colourAt(sample, x + right, y + down);
  const [a, b, c, d] = [at(near, near), at(far, near), at(near, far), at(far, far)];
  const mean = (index: 0 | 1 | 2) => (a[index] + b[index] + c[index] + d[index]) / 4;
  return [mean(0), mean(1), mean(2)];
}

function colourAt({ sky: [top, bottom], shapes }: Sample, x: number, y: number): Colour {
  const shape = shapes.findLast(({ covers }) => covers(x, y));
  if (shape) return shape.colour;
  const part = y / height;
  const mixed = (index: 0 | 1 | 2) => top[index] + (bottom[index] - top[index]) * part;
  return [mixed(0), mixed(1), mixed(2)];
}

function oval(colour: Colour, centreX: number, centreY: number, radiusX: number, radiusY: number): Shape {
  return { colour, covers: (x, y) => ((x - centreX) / radiusX) ** 2 + ((y - centreY) / radiusY) ** 2 <= 1 };
}

function box(colour: Colour, left: number, top: number, right: number, bottom: number): Shape {
  return { colour, covers: (x, y) => x >= left && x < right && y >= top && y < bottom };
}

/** Points up. */
function wedge(colour: Colour, tipX: number, tipY: number, size: number): Shape {
  return { colour, covers: (x, y) => y >= tipY && y < tipY + size && Math.abs(x - tipX) < (y - tipY) * 0.55 };
}

function books(left: number, bottom: number, colours: Colour[]): Shape[] {
  return colours.map((colour, index) =>
    box(colour, left + index * 17, bottom - 46 + ((index * 7) % 12), left + index * 17 + 14, bottom),
  );
}
