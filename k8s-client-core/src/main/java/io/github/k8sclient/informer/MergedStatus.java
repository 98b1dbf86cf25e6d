package io.github.k8sclient.informer;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Sums up how several informers are doing: as bad as the worst, as old as the oldest.
 */
final class MergedStatus {

	/** From the best to the worst. */
	private static final List<InformerState> SEVERITY = List.of(InformerState.SYNCED, InformerState.STOPPED,
			InformerState.STARTING, InformerState.RETRYING, InformerState.STALE, InformerState.FORBIDDEN);

	private MergedStatus() {
	}

	/**
	 * Sum up.
	 * @param members how the informers are doing, at least one
	 * @param resourceVersion up to which version all of them are complete
	 * @param own what has happened at handlers of all of them
	 * @return how they are doing together
	 */
	static InformerStatus of(Collection<InformerStatus> members, @Nullable String resourceVersion,
			InformerStatus.Counters own) {
		InformerStatus worst = members.stream()
			.max(Comparator.comparingInt((status) -> SEVERITY.indexOf(status.state())))
			.orElseThrow();
		return new InformerStatus(worst.state(), worst.since(),
				members.stream().map(InformerStatus::trouble).max(Comparator.naturalOrder()).orElseThrow(),
				worst.cause(), members.stream().allMatch(InformerStatus::synced), resourceVersion,
				members.stream().mapToInt(InformerStatus::objectCount).sum(), oldestActivity(members),
				members.stream().mapToInt(InformerStatus::consecutiveFailures).max().orElse(0),
				members.stream().mapToLong(InformerStatus::restarts).sum(), counters(members, own));
	}

	private static @Nullable Instant oldestActivity(Collection<InformerStatus> members) {
		Instant oldest = null;
		for (InformerStatus member : members) {
			Instant activity = member.lastActivity();
			if (activity == null) {
				return null;
			}
			if (oldest == null || activity.isBefore(oldest)) {
				oldest = activity;
			}
		}
		return oldest;
	}

	private static InformerStatus.Counters counters(Collection<InformerStatus> members, InformerStatus.Counters own) {
		List<InformerStatus.Counters> counters = Stream
			.concat(members.stream().map(InformerStatus::counters), Stream.of(own))
			.toList();
		return new InformerStatus.Counters(sum(counters, InformerStatus.Counters::lists),
				sum(counters, InformerStatus.Counters::watches), sum(counters, InformerStatus.Counters::added),
				sum(counters, InformerStatus.Counters::updated), sum(counters, InformerStatus.Counters::deleted),
				sum(counters, InformerStatus.Counters::failures), sum(counters, InformerStatus.Counters::skipped),
				sum(counters, InformerStatus.Counters::handlerFailures),
				sum(counters, InformerStatus.Counters::handlerCalls),
				counters.stream().map(InformerStatus.Counters::handlerTime).reduce(Duration.ZERO, Duration::plus));
	}

	private static long sum(List<InformerStatus.Counters> counters, ToLongFunction<InformerStatus.Counters> counter) {
		return counters.stream().mapToLong(counter).sum();
	}

}
