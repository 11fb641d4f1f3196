import { interfacesOf, loadedBy, type Outcome, refusals } from './trials.ts';

/** One line a stage, for people. */
export function formatFigures(outcomes: Outcome[]): string {
  return outcomes
    .map((outcome) => {
      const { stage } = outcome;
      const refused = refusals(outcome);
      const byList = refused.filter((refusal) => refusal.byList).length;
      const counts = [
        `${stage.words.length} tried`,
        `${byList} refused by the list`,
        `${refused.length - byList} not loadable here`,
        `${loadedBy(outcome).length} modules`,
        `${interfacesOf(outcome).length} interfaces`,
        `${outcome.seconds.toFixed(1)} s`,
      ];
      return `  ${stage.name}: ${counts.join(', ')}`;
    })
    .join('\n');
}

/** One line a module that the machine cannot load, with kmod's reason. */
export function formatReasons(reasons: ReadonlyMap<string, string>): string {
  return [...reasons].map(([name, reason]) => `  not loadable here: ${name}: ${reason}`).join('\n');
}
