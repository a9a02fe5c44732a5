// Look at the source of all pages of a folder: `node lint.mjs FOLDER`. Prints one JSON object a page, by its file's name:
// {invalid: [what breaks HTML's rules], dropped: [features that some mail client does not know], partial: [... only in part]}.
import { readdirSync, readFileSync } from "node:fs";
import { caniemail } from "caniemail";
import { HtmlValidate } from "html-validate";

const rules = {
  "doctype-style": "off", // css-inline writes it in capitals, the template does not; both are HTML
  "no-inline-style": "off", // mail clients drop style sheets; the browser edition's bars are as long as their numbers
  "no-deprecated-attr": "off", // Outlook for Windows lays tables out by them, and the editions share their tables
  "prefer-tbody": "off", // HTML puts it there by itself
};
const mailRules = {
  "no-conditional-comment": "off", // Outlook for Windows takes its fonts and its width from them
  "prefer-native-element": "off", // clients drop <article> and keep role="article"
};
const web = new HtmlValidate({ root: true, extends: ["html-validate:recommended"], rules });
const mail = new HtmlValidate({ root: true, extends: ["html-validate:recommended"], rules: { ...rules, ...mailRules } });

const folder = process.argv[2];
for (const file of readdirSync(folder).filter((one) => one.endsWith(".html"))) {
  const html = readFileSync(`${folder}/${file}`, "utf8");
  const isMail = file.includes("mail");
  const report = await (isMail ? mail : web).validateString(html, file);
  const invalid = report.results.flatMap((one) => one.messages.map((m) => `${m.ruleId}: ${m.message} (line ${m.line})`));
  const { issues } = isMail ? caniemail({ clients: ["*"], html }) : { issues: { errors: [], warnings: [] } };
  const titles = (level) => [...new Set([...level].flatMap(([, found]) => found.map((one) => one.title)))].sort();
  const dropped = titles(issues.errors), partial = titles(issues.warnings).filter((one) => !dropped.includes(one));
  console.log(JSON.stringify({ file, invalid: [...new Set(invalid)], dropped, partial }));
}
