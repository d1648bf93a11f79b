import type { Services } from '../contract/contract.ts';
import { fail, succeed } from '../domain/failure.ts';
import { metricNamed, metricsNear } from './explain/catalogue.ts';
import { coverageNote } from './explain/coverage-note.ts';
import type { Slots } from './session.ts';

/** Answers 'why?' for the numbers of the last analysis, suggested hedge, requirement Greeks and comparison of rules. Computes nothing anew. */
export function createExplainServices(session: Slots): Pick<Services, 'explain.number'> {
  return {
    'explain.number': async ({ metric: name, subjectId }) => {
      const metric = metricNamed(name);
      if (metric === undefined) {
        return fail('notFound', `no number is called "${name}"`, { remedy: `Near it: ${metricsNear(name).join(', ')}.` });
      }
      const analysis = session.analysis.last();
      if (analysis === null) {
        return fail('notFound', `${metric.title}: the book has not been analysed since it was opened or changed`, {
          remedy: 'Run the analysis first.',
        });
      }
      const known = {
        analysis,
        hedge: session.hedge.last(),
        alternatives: session.alternatives.last(),
        refresh: session.refresh.last(),
        requirement: session.requirement.last(),
        ruleSet: session.ruleSet.last(),
        replay: session.replay.last(),
        warnings: session.warnings.last(),
        partition: session.partition.last(),
        feedback: session.feedback.last(),
        policy: session.policy.last(),
        survival: session.survival.last(),
        contagion: session.contagion.all(),
        transfers: session.transfers.all(),
        cascades: session.cascade.all().map(({ cascade }) => cascade),
        fans: session.fan.all(),
        phaseMaps: session.phaseMap.all(),
        backtests: session.backtest.all(),
        forecasts: session.forecast.all(),
        triggers: session.trigger.all(),
        whatIfs: session.whatIf.all(),
        blotter: session.blotter.last(),
      };
      const found = metric.find(known, subjectId === '' ? undefined : subjectId);
      if (!found.ok) return found;
      const { subject, value, worked, inputs, notes = [] } = found.value;
      const { title, unit, definition, formula } = metric;
      return succeed({
        title,
        subject,
        value,
        unit,
        definition,
        formula,
        worked,
        inputs: [...inputs],
        notes: [...notes, ...metric.notes, coverageNote(analysis)],
      });
    },
  };
}
