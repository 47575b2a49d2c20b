/** Where the service of a whole machine has its data and its agents work: /var/lib is the system's, and no place for those. */
export const systemHome = '/srv/hotplex';
