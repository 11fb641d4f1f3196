/*
 * cost LOG PROGRAM [ARGUMENT]...
 *
 * Runs a program, appends "WALL CPU STATUS" (two times in microseconds) to LOG and hands the exit status on. CPU is that
 * of the program and of every descendant that was waited for. It is exact although the kernel keeps user and system time
 * by ticks: their sum is made to match what the scheduler counted (cputime_adjust in kernel/sched/cputime.c).
 * Without arguments it does nothing: what starting any program costs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define EXIT_DEFECT 70
#define EXIT_NOT_FOUND 127

static long long microseconds(struct timeval time)
{
	return time.tv_sec * 1000000LL + time.tv_usec;
}

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static void fail(const char *what)
{
	perror(what);
	exit(EXIT_DEFECT);
}

static void append(const char *path, long long wall, long long cpu, int status)
{
	FILE *log = fopen(path, "a");

	if (!log || fprintf(log, "%lld %lld %d\n", wall, cpu, status) < 0 || fclose(log))
		fail(path);
}

int main(int argc, char **argv)
{
	struct rusage usage;
	long long begin = now();
	int state, status;
	pid_t child;

	if (argc == 1)
		return 0;
	if (argc < 3)
		return EXIT_DEFECT;
	child = fork();
	if (child < 0)
		fail("fork");
	if (child == 0) {
		execvp(argv[2], argv + 2);
		_exit(EXIT_NOT_FOUND);
	}
	if (wait4(child, &state, 0, &usage) < 0)
		fail("wait4");
	status = WIFEXITED(state) ? WEXITSTATUS(state) : EXIT_DEFECT;
	append(argv[1], now() - begin, microseconds(usage.ru_utime) + microseconds(usage.ru_stime), status);
	return status;
}
