package io.github.k8sclient.informer;

import java.time.Duration;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * What a reflector has to tell, in the order in which it happened: changes for the store,
 * and how list and watch fare.
 *
 * @param <T> the type of the objects
 */
sealed interface ReflectorSignal<T extends KubernetesObject>
		permits StoreDelta, ReflectorSignal.WatchStarted, ReflectorSignal.WatchWorks, ReflectorSignal.WatchEnded,
		ReflectorSignal.StreamingGivenUp, ReflectorSignal.Skipped, ReflectorSignal.Failed {

	/**
	 * Call the method of an observer that is meant for this kind of signal.
	 * @param observer the observer to call
	 */
	void deliverTo(ReflectorObserver<T> observer);

	/**
	 * A watch is being requested.
	 *
	 * @param <T> the type of the objects
	 */
	record WatchStarted<T extends KubernetesObject>() implements ReflectorSignal<T> {

		@Override
		public void deliverTo(ReflectorObserver<T> observer) {
			observer.onWatchStarted();
		}

	}

	/**
	 * A watch that followed a failure has been accepted, and has lasted.
	 *
	 * @param <T> the type of the objects
	 */
	record WatchWorks<T extends KubernetesObject>() implements ReflectorSignal<T> {

		@Override
		public void deliverTo(ReflectorObserver<T> observer) {
			observer.onWatchWorks();
		}

	}

	/**
	 * A watch ended in a way that is part of its life; the next request follows at once.
	 *
	 * @param cause why it ended, {@code null} if the server ended it normally
	 * @param <T> the type of the objects
	 */
	record WatchEnded<T extends KubernetesObject>(@Nullable Throwable cause) implements ReflectorSignal<T> {

		@Override
		public void deliverTo(ReflectorObserver<T> observer) {
			observer.onWatchEnded(this.cause);
		}

	}

	/**
	 * The objects were to be streamed, which failed; they are listed at once.
	 *
	 * @param cause why
	 * @param <T> the type of the objects
	 */
	record StreamingGivenUp<T extends KubernetesObject>(Throwable cause) implements ReflectorSignal<T> {

		@Override
		public void deliverTo(ReflectorObserver<T> observer) {
			observer.onStreamingGivenUp(this.cause);
		}

	}

	/**
	 * Something that the server sent could not be used and was left out.
	 *
	 * @param problem what is wrong with it
	 * @param <T> the type of the objects
	 */
	record Skipped<T extends KubernetesObject>(String problem) implements ReflectorSignal<T> {

		@Override
		public void deliverTo(ReflectorObserver<T> observer) {
			observer.onSkipped(this.problem);
		}

	}

	/**
	 * A list or watch failed.
	 *
	 * @param verb {@code list} or {@code watch}
	 * @param error why it failed
	 * @param delay after which time the next request follows
	 * @param <T> the type of the objects
	 */
	record Failed<T extends KubernetesObject>(String verb, Throwable error,
			Duration delay) implements ReflectorSignal<T> {

		@Override
		public void deliverTo(ReflectorObserver<T> observer) {
			observer.onFailure(this);
		}

	}

}
