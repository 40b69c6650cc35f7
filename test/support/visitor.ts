import supertest, { type Response } from "supertest";

export type Visitor = ReturnType<typeof visit>;

/** Somebody with a browser that keeps cookies and sends each form with its CSRF token, but runs no JavaScript. */
export function visit(url: string) {
  const agent = supertest.agent(url);
  const get = (path: string) => agent.get(path);

  async function submit(from: string, action: string, fields: Record<string, string>): Promise<Response> {
    const page = await agent.get(from);
    return agent
      .post(action)
      .type("form")
      .send({ _csrf: tokenOf(page.text), ...fields });
  }
  async function signIn(credentials: { accountSid: string; authToken: string }): Promise<Response> {
    return submit("/login", "/login", { ...credentials });
  }
  return { agent, get, submit, signIn };
}

/** The value of a hidden field, e.g. a composer's one-time id. */
export function hidden(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
}

function tokenOf(html: string): string {
  return hidden(html, "_csrf");
}
