/** The same function, remembering so many of its latest answers. */
export function memoised<Answer>(ask: (text: string) => Answer, most: number): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = ask(text);
    if (answers.size >= most) answers.delete(answers.keys().next().value ?? "");
    answers.set(text, answer);
    return answer;
  };
}
