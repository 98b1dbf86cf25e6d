package io.github.k8sclient.leaderelection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.util.Assert;

/**
 * The times of a leader election.
 *
 * @param leaseDuration after what time without a renewal another instance takes over
 * @param renewDeadline after what time without a renewal the leader stops to lead
 * @param retryPeriod how long to wait between two attempts
 */
record LeaseTimes(Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {

	/** By how much a pause may be longer at random, and a deadline has to be. */
	private static final double JITTER = 1.2;

	LeaseTimes {
		List<String> problems = new ArrayList<>();
		check(leaseDuration.toSeconds() > 0 && leaseDuration.getNano() == 0,
				"'leaseDuration' must be one or more whole seconds but is " + leaseDuration, problems);
		check(leaseDuration.compareTo(renewDeadline) > 0,
				"'leaseDuration' (" + leaseDuration + ") must be longer than 'renewDeadline' (" + renewDeadline + ")",
				problems);
		check(renewDeadline.toNanos() > JITTER * retryPeriod.toNanos(), "'renewDeadline' (" + renewDeadline
				+ ") must be longer than 1.2 times 'retryPeriod' (" + retryPeriod + ")", problems);
		check(retryPeriod.compareTo(Duration.ZERO) > 0, "'retryPeriod' must be positive but is " + retryPeriod,
				problems);
		Assert.isTrue(problems.isEmpty(), () -> String.join("; ", problems));
	}

	private static void check(boolean condition, String problem, List<String> problems) {
		if (!condition) {
			problems.add(problem);
		}
	}

	/**
	 * Return how long to wait for an answer, so that there is time for another attempt.
	 */
	Duration requestTimeout() {
		return this.renewDeadline.dividedBy(2);
	}

	/**
	 * Return a pause between two attempts to get the lease, at random so that instances
	 * do not try at the same time again and again.
	 */
	Duration randomPause() {
		double factor = 1 + JITTER * ThreadLocalRandom.current().nextDouble();
		return Duration.ofNanos((long) (this.retryPeriod.toNanos() * factor));
	}

}
