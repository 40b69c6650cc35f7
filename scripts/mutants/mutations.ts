import ts from "typescript";

/** One small fault: this stretch of the source written differently. */
export interface Mutation {
  start: number;
  end: number;
  text: string;
  line: number;
}

const swapped: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: "!==",
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: "===",
  [ts.SyntaxKind.LessThanToken]: "<=",
  [ts.SyntaxKind.LessThanEqualsToken]: "<",
  [ts.SyntaxKind.GreaterThanToken]: ">=",
  [ts.SyntaxKind.GreaterThanEqualsToken]: ">",
  [ts.SyntaxKind.AmpersandAmpersandToken]: "||",
  [ts.SyntaxKind.BarBarToken]: "&&",
  [ts.SyntaxKind.PlusToken]: "-",
  [ts.SyntaxKind.MinusToken]: "+",
};

const renamed: Record<string, string> = {
  max: "min",
  min: "max",
  some: "every",
  every: "some",
  findLast: "find",
  toReversed: "slice",
};

/** Every fault that the tests of this file ought to notice. */
export function mutationsOf(source: string): Mutation[] {
  const file = ts.createSourceFile("mutated.ts", source, ts.ScriptTarget.Latest, true);
  const found: Mutation[] = [];
  function visit(node: ts.Node): void {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    for (const { at, text } of faultsOf(node)) {
      const start = at.getStart(file);
      const { line } = file.getLineAndCharacterOfPosition(start);
      found.push({ start, end: at.getEnd(), text, line: line + 1 });
    }
    ts.forEachChild(node, visit);
  }
  visit(file);
  return found;
}

function faultsOf(node: ts.Node): { at: ts.Node; text: string }[] {
  if (ts.isBinaryExpression(node)) return ofOperator(node);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return [{ at: node, text: node.operand.getText() }];
  if (ts.isConditionalExpression(node))
    return [{ at: node.condition, text: `!(${node.condition.getText()})` }];
  if (ts.isIfStatement(node)) return [{ at: node.expression, text: "false" }];
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression))
    return [{ at: node, text: ";" }];
  if (ts.isPropertyAccessExpression(node)) {
    const name = renamed[node.name.text];
    return name === undefined ? [] : [{ at: node.name, text: name }];
  }
  return ofLiteral(node);
}

function ofOperator({ operatorToken, left }: ts.BinaryExpression): { at: ts.Node; text: string }[] {
  const text = swapped[operatorToken.kind];
  if (text !== undefined) return [{ at: operatorToken, text }];
  const isDefault = operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  return isDefault ? [{ at: left, text: "undefined" }] : [];
}

function ofLiteral(node: ts.Node): { at: ts.Node; text: string }[] {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [{ at: node, text: "false" }];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [{ at: node, text: "true" }];
  if (ts.isNumericLiteral(node))
    return isOrder(node) || isDuration(node) ? [] : [{ at: node, text: `(${node.text} * 2 + 1)` }];
  // Sentences for people may be worded differently.
  const isWord =
    ts.isStringLiteral(node) && !node.text.includes(" ") && !ts.isPropertyAssignment(node.parent);
  return isWord ? [{ at: node, text: '"mutant"' }] : [];
}

/** How long something waits at most is nothing that a test could tell without waiting as long. */
function isDuration(node: ts.Node): boolean {
  for (let around: ts.Node = node; !ts.isSourceFile(around); around = around.parent)
    if (ts.isVariableDeclaration(around)) return /(Ms|Delays)$/.test(around.name.getText());
  return false;
}

/** The 1 and -1 of a comparison, of which only the sign counts. */
function isOrder({ parent }: ts.Node): boolean {
  return ts.isConditionalExpression(parent) || ts.isPrefixUnaryExpression(parent);
}
