package io.github.k8sclient.informer;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * Acts on the signals of a reflector.
 *
 * @param <T> the type of the objects
 */
interface ReflectorObserver<T extends KubernetesObject> {

	void onReplaced(StoreDelta.Replaced<T> delta);

	void onDelta(StoreDelta<T> delta);

	void onWatchStarted();

	void onWatchWorks();

	void onWatchEnded(@Nullable Throwable cause);

	void onStreamingGivenUp(Throwable cause);

	void onSkipped(String problem);

	void onFailure(ReflectorSignal.Failed<T> failure);

}
