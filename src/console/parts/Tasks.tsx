import { isOver, type RunTask } from '../../runs/run.ts';
import { outcomeOf } from '../runs/outcome.ts';

type TasksProps = { tasks: readonly RunTask[]; chosen: number; onChoose: (task: number) => void };

/** The tasks of a run as a grid, of which one is looked at more closely. */
export function Tasks({ tasks, chosen, onChoose }: TasksProps) {
  const done = tasks.filter(isOver).length;
  return (
    <section aria-labelledby="tasks">
      <h2 id="tasks">Tasks</h2>
      <label class="progress">
        {done} of {tasks.length} done
        <progress value={done} max={tasks.length} />
      </label>
      <div class="tasks">
        {tasks.map((task) => {
          const { tone, sign, word } = outcomeOf(task.status);
          const exitCode = task.containers.find((container) => container.exitCode !== undefined)?.exitCode;
          return (
            <button
              key={task.index}
              type="button"
              class={`task ${tone}`}
              aria-pressed={task.index === chosen}
              aria-label={`Task ${task.index}: ${word}${exitCode === undefined ? '' : `, exit code ${exitCode}`}`}
              title={`${word}, ${task.reason}`}
              onClick={() => onChoose(task.index)}
            >
              <span aria-hidden="true">{sign}</span> {task.index}
            </button>
          );
        })}
      </div>
    </section>
  );
}
