interface ChoiceBarProps<Value extends string> {
  /** Name of the radio group; also the head of each test id. */
  name: string;
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  describedBy?: string;
  onChoose: (value: Value) => void;
}

/** A row of which exactly one is chosen: radio buttons drawn as segments. */
export function ChoiceBar<Value extends string>(props: ChoiceBarProps<Value>) {
  return (
    <div class="choices" role="radiogroup" aria-label={props.label} aria-describedby={props.describedBy}>
      {props.choices.map((choice) => (
        <label key={choice.value} class="choice">
          <input
            type="radio"
            name={props.name}
            value={choice.value}
            checked={choice.value === props.value}
            data-testid={`${props.name}-${choice.value}`}
            onChange={() => {
              props.onChoose(choice.value);
            }}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </div>
  );
}
