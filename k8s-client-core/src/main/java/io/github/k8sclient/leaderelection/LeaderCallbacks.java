package io.github.k8sclient.leaderelection;

import java.util.function.Consumer;
import java.util.function.Function;

import org.reactivestreams.Publisher;

/**
 * What an instance does when the leader changes.
 *
 * @param onStartedLeading the work of the leader
 * @param onStoppedLeading called when this instance leads no more
 * @param onNewLeader called when another instance leads than before
 */
record LeaderCallbacks(Function<? super Leadership, ? extends Publisher<?>> onStartedLeading, Runnable onStoppedLeading,
		Consumer<String> onNewLeader) {
}
