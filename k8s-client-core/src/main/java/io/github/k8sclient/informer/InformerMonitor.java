package io.github.k8sclient.informer;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Knows how an informer is doing: its state, what has been counted, what is worth a line
 * in the log, who is to be told. The state changes on the informer's loop alone; any
 * thread may read it.
 */
final class InformerMonitor {

	private static final Log logger = LogFactory.getLog(SharedInformer.class);

	private final String name;

	private final Store<?> store;

	private final Scheduler clock;

	private final Duration staleAfter;

	private final InformerNotifier notifier;

	private final InformerCounters counters;

	private volatile Condition condition;

	private volatile boolean synced;

	private volatile @Nullable Instant lastActivity;

	/** The same by {@link MonotonicTime}. On the loop only. */
	private long lastHeard;

	private volatile int consecutiveFailures;

	/** What failed last, {@code null} if it has worked since. */
	private @Nullable String failedVerb;

	/** The verb that was refused, so that each is logged once. */
	private @Nullable String deniedVerb;

	private boolean skipLogged;

	/** Whether trouble was logged whose end is to be logged, too. */
	private boolean warned;

	/** How many watches in a row could not begin where the objects had been listed. */
	private int expirations;

	InformerMonitor(String name, Store<?> store, Scheduler clock, Duration staleAfter, InformerNotifier notifier,
			InformerCounters counters) {
		this.name = name;
		this.store = store;
		this.clock = clock;
		this.staleAfter = staleAfter;
		this.notifier = notifier;
		this.counters = counters;
		this.condition = new Condition(InformerState.STARTING, now(), null, MonotonicTime.millis(clock));
	}

	InformerStatus status() {
		Condition current = this.condition;
		return new InformerStatus(current.state(), current.since(), trouble(current), current.cause(), this.synced,
				this.store.resourceVersion(), this.store.size(), this.lastActivity, this.consecutiveFailures,
				Math.max(0, this.counters.watches.get() - 1), this.counters.snapshot());
	}

	private Duration trouble(Condition condition) {
		return condition.state().isTrouble()
				? Duration.ofMillis(MonotonicTime.millis(this.clock) - condition.troubleFrom()) : Duration.ZERO;
	}

	boolean isSynced() {
		return this.synced;
	}

	/**
	 * The informer begins to work. On the loop.
	 */
	void started() {
		become(InformerState.STARTING, null);
	}

	/**
	 * The informer does not work any more. On the loop.
	 */
	void stopped() {
		become(InformerState.STOPPED, null);
		this.consecutiveFailures = 0;
		this.failedVerb = null;
		this.deniedVerb = null;
		this.warned = false;
		this.expirations = 0;
	}

	/**
	 * The objects have been listed. Where it is watches that fail, this is no recovery.
	 * On the loop.
	 */
	void listed() {
		this.counters.lists.incrementAndGet();
		boolean first = !this.synced;
		this.synced = true;
		if (first || !"watch".equals(this.failedVerb)) {
			followed();
		}
		else {
			heard();
		}
	}

	/**
	 * A watch works. On the loop.
	 */
	void alive() {
		watchWorked();
		followed();
	}

	private void watchWorked() {
		if (this.expirations > 1) {
			logger.info("Watching " + this.name + " again, after " + this.expirations
					+ " watches that could not begin where the objects had been listed");
		}
		this.expirations = 0;
	}

	private void followed() {
		heard();
		if (this.synced && this.condition.state() != InformerState.SYNCED) {
			recovered();
		}
	}

	private void heard() {
		this.lastActivity = now();
		this.lastHeard = MonotonicTime.millis(this.clock);
	}

	private void recovered() {
		Condition before = this.condition;
		int failures = this.consecutiveFailures;
		this.consecutiveFailures = 0;
		this.failedVerb = null;
		this.deniedVerb = null;
		become(InformerState.SYNCED, null);
		if (this.warned) {
			this.warned = false;
			long trouble = MonotonicTime.millis(this.clock) - before.troubleFrom();
			logger.info("Following " + this.name + " again, after " + failures + " failed attempts and "
					+ Duration.ofMillis(trouble).toSeconds() + " s");
		}
	}

	/**
	 * A list or watch failed. On the loop.
	 * @param failure what failed
	 */
	void failed(ReflectorSignal.Failed<?> failure) {
		this.counters.failures.incrementAndGet();
		this.consecutiveFailures = this.consecutiveFailures + 1;
		this.failedVerb = failure.verb();
		Throwable error = failure.error();
		if (RequestFailure.isDenied(error)) {
			denied(failure);
		}
		else if (failure.verb().equals("watch") && RequestFailure.isExpired(error)) {
			expired(failure);
		}
		else {
			retrying(failure);
		}
		this.notifier.failed(new InformerException("Cannot " + failure.verb() + " " + this.name, error));
	}

	private void denied(ReflectorSignal.Failed<?> failure) {
		Throwable error = failure.error();
		if (!failure.verb().equals(this.deniedVerb)) {
			String reason = RequestFailure.isUnauthorized(error) ? "The server does not accept the credentials to "
					: "No permission to ";
			logger
				.warn(reason + failure.verb() + " " + this.name + ", trying again until it is: " + error.getMessage());
			this.deniedVerb = failure.verb();
		}
		this.warned = true;
		become(InformerState.FORBIDDEN, error);
	}

	/**
	 * What was listed was forgotten before it could be watched. Once, that is the end of
	 * a history that came at the wrong moment, and the next list heals it. Again and
	 * again, it is a server that keeps too little history.
	 */
	private void expired(ReflectorSignal.Failed<?> failure) {
		this.expirations++;
		String message = "Cannot watch " + this.name + " from where it was listed (" + this.expirations
				+ " times in a row), listing again in " + failure.delay().toMillis() + " ms: "
				+ describe(failure.error());
		if (this.expirations == 2) {
			logger.warn(message);
		}
		else {
			logger.debug(message);
		}
		inTrouble(failure.error());
	}

	private void retrying(ReflectorSignal.Failed<?> failure) {
		String message = "Cannot " + failure.verb() + " " + this.name + " (attempt " + this.consecutiveFailures
				+ "), trying again in " + failure.delay().toMillis() + " ms: " + describe(failure.error());
		if (this.warned) {
			logger.debug(message);
		}
		else {
			logger.warn(message);
		}
		this.warned = true;
		inTrouble(failure.error());
	}

	private void inTrouble(Throwable error) {
		boolean stale = this.condition.state() == InformerState.STALE;
		become(stale ? InformerState.STALE : InformerState.RETRYING, error);
	}

	/**
	 * A watch ended as watches do. On the loop.
	 * @param cause why it ended, {@code null} if the server ended it normally
	 */
	void watchEnded(@Nullable Throwable cause) {
		watchWorked();
		if (cause == null) {
			followed();
		}
		if (logger.isDebugEnabled()) {
			logger.debug(
					"The watch of " + this.name + " ended" + ((cause != null) ? ": " + describe(cause) : " normally"));
		}
	}

	/**
	 * The objects are listed because they cannot be streamed. On the loop.
	 * @param cause why
	 */
	void streamingGivenUp(Throwable cause) {
		String message = "The objects of " + this.name + " are listed because streaming them failed: "
				+ describe(cause);
		if (RequestFailure.isRefused(cause)) {
			logger.debug(message);
		}
		else {
			logger.warn(message);
		}
	}

	/**
	 * Something that the server sent was left out. On the loop.
	 * @param problem what is wrong with it
	 */
	void skipped(String problem) {
		this.counters.skipped.incrementAndGet();
		String message = "Skipped what cannot be used of " + this.name + ": " + problem;
		if (!this.skipLogged) {
			logger.warn(message + " (further ones are logged as debug)");
			this.skipLogged = true;
		}
		else {
			logger.debug(message);
		}
		this.notifier.failed(new InformerException(message, null));
	}

	/**
	 * The store does not hold what it should. On any thread.
	 * @param problem the difference
	 */
	void inconsistent(String problem) {
		String message = "The store of " + this.name + " is wrong: " + problem;
		logger.error(message);
		this.notifier.failed(new InformerException(message, null));
	}

	/**
	 * The informer itself failed, and will begin anew. On any thread.
	 * @param error what went wrong
	 */
	void crashed(Throwable error) {
		logger.error("The informer of " + this.name + " failed and lists again", error);
		this.counters.failures.incrementAndGet();
		this.consecutiveFailures = this.consecutiveFailures + 1;
		become(InformerState.RETRYING, error);
		this.notifier.failed(new InformerException("The informer of " + this.name + " failed", error));
	}

	/**
	 * Code of the user threw an exception. On any thread.
	 * @param what which code
	 * @param error the exception
	 */
	void userCodeFailed(String what, Throwable error) {
		this.counters.handlerFailures.incrementAndGet();
		logger.error(what + " of " + this.name + " failed", error);
		this.notifier.failed(new InformerException(what + " of " + this.name + " failed", error));
	}

	/**
	 * An error handler or a status listener threw an exception. On any thread.
	 * @param listener its name
	 * @param error the exception
	 */
	void listenerFailed(String listener, Throwable error) {
		this.counters.handlerFailures.incrementAndGet();
		logger.error("Listener " + listener + " of " + this.name + " failed", error);
	}

	/**
	 * Check whether the server has been silent for too long. On the loop.
	 * @return when to check again
	 */
	Duration checkSilence() {
		Instant heard = this.lastActivity;
		if (!this.synced || heard == null) {
			return this.staleAfter;
		}
		Duration left = this.staleAfter.minusMillis(MonotonicTime.millis(this.clock) - this.lastHeard);
		if (left.toMillis() > 0) {
			return left;
		}
		InformerState state = this.condition.state();
		if (state != InformerState.STALE && state != InformerState.FORBIDDEN && state != InformerState.STOPPED) {
			String problem = "Nothing heard of " + this.name + " since " + heard;
			logger.warn(problem);
			Throwable cause = this.condition.cause();
			become(InformerState.STALE, (cause != null) ? cause : new InformerException(problem, null));
		}
		return this.staleAfter;
	}

	private void become(InformerState state, @Nullable Throwable cause) {
		Condition before = this.condition;
		if (before.state() == state) {
			this.condition = new Condition(state, before.since(), cause, before.troubleFrom());
			return;
		}
		InformerStatus previous = status();
		this.condition = before.become(state, now(), cause, MonotonicTime.millis(this.clock));
		this.notifier.stateChanged(previous, status());
	}

	/**
	 * Return the time of day, which is for display only.
	 */
	private Instant now() {
		return Instant.ofEpochMilli(this.clock.now(TimeUnit.MILLISECONDS));
	}

	private static String describe(Throwable error) {
		return (error.getMessage() != null) ? error.getMessage() : error.getClass().getSimpleName();
	}

	/**
	 * A state with its circumstances.
	 *
	 * @param state the state
	 * @param since since when it lasts
	 * @param cause what led to it
	 * @param troubleFrom from when on the informer is not as it should be, by
	 * {@link MonotonicTime}
	 */
	private record Condition(InformerState state, Instant since, @Nullable Throwable cause, long troubleFrom) {

		Condition become(InformerState next, Instant since, @Nullable Throwable why, long now) {
			boolean inTrouble = this.state != InformerState.SYNCED && this.state != InformerState.STOPPED;
			return new Condition(next, since, why, inTrouble ? this.troubleFrom : now);
		}

	}

}
