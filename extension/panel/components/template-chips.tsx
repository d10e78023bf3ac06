import type { StarterTemplate, TemplateSummary } from '#shared/api.ts';

interface TemplateChipsProps {
  templates: readonly TemplateSummary[];
  chosen: StarterTemplate;
  onChoose: (template: StarterTemplate) => void;
}

/** The kinds of data people ask for; the chosen one gives the example in the text field. */
export function TemplateChips({ templates, chosen, onChoose }: TemplateChipsProps) {
  return (
    <div class="chips" role="radiogroup" aria-label="Kind of data">
      {templates.map((template) => (
        <label key={template.id} class="chip">
          <input
            type="radio"
            name="template"
            value={template.id}
            checked={template.id === chosen}
            data-testid={`template-${template.id}`}
            onChange={() => {
              onChoose(template.id);
            }}
          />
          <span>{template.title}</span>
        </label>
      ))}
    </div>
  );
}
