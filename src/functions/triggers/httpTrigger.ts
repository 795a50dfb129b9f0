import type { Access } from '../access/access.ts';

/** What the host and `endpoint` know of an HTTP function before anybody calls it: its route is below `/api`. */
export type HttpTrigger = {
  name: string;
  methods: ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS')[];
  route: string;
  access: Access;
};
