/**
 * Where the state of the servers is kept from one HAProxy to the next. The folder is systemd's to make: StateDirectory
 * in the drop-in names it. /var/lib/haproxy is not used: it is the chroot of Debian's package, which has to stay empty.
 */
export const stateFolder = "k3s-lb-haproxy";

/** The file that haproxy.cfg reads and that the drop-in writes. */
export const stateFile: string = `/var/lib/${stateFolder}/servers`;
