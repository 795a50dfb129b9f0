import type Type from 'typebox';
import { expectTypeOf, test } from 'vitest';
import type { ListPage } from '../../src/aci/listing/listContainerGroups.ts';
import type { ContainerGroupSummary } from '../../src/aci/listing/summary.ts';
import type { Change } from '../../src/aci/plan/change.ts';
import type { Principal } from '../../src/functions/access/principal.ts';
import type { ShownRun } from '../../src/functions/http/shownRun.ts';
import type { schema } from '../../src/openapi/answers.schema.ts';

type Told<Name extends keyof typeof schema> = Type.Static<(typeof schema)[Name]>;

// The compiler is who runs this.
test('what is told of answers is of the types that the code has for them', () => {
  expectTypeOf<ShownRun>().toExtend<Told<'Run'>>();
  expectTypeOf<Told<'Run'>>().toExtend<ShownRun>();
  expectTypeOf<keyof ShownRun>().toEqualTypeOf<keyof Told<'Run'>>();
  expectTypeOf<Change>().toExtend<Told<'DryRun'>['changes'][number]>();
  expectTypeOf<Told<'DryRun'>['changes'][number]>().toExtend<Change>();
  expectTypeOf<Told<'ContainerGroupList'>['value'][number]>().toExtend<ContainerGroupSummary>();
  expectTypeOf<keyof ContainerGroupSummary>().toEqualTypeOf<
    keyof Told<'ContainerGroupList'>['value'][number]
  >();
  expectTypeOf<ListPage['errors']>().toEqualTypeOf<NonNullable<Told<'ContainerGroupList'>['errors']>>();
  expectTypeOf<keyof Principal>().toEqualTypeOf<keyof NonNullable<Told<'WhoAmI'>['principal']>>();
});
