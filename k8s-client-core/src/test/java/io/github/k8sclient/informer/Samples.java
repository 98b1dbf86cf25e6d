package io.github.k8sclient.informer;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.StatusCause;
import io.github.k8sclient.meta.StatusDetails;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Objects, answers and events for tests.
 */
final class Samples {

	private Samples() {
	}

	static ConfigMap configMap(String name, long version) {
		return configMap("default", name, version, "uid-" + name);
	}

	static ConfigMap configMap(String namespace, String name, long version, String uid) {
		return configMap(ObjectMeta.builder()
			.namespace(namespace)
			.name(name)
			.uid(uid)
			.resourceVersion(String.valueOf(version))
			.build());
	}

	static ConfigMap labelled(String namespace, String name, long version, Map<String, String> labels) {
		return configMap(ObjectMeta.builder()
			.namespace(namespace)
			.name(name)
			.uid("uid-" + name)
			.resourceVersion(String.valueOf(version))
			.labels(labels)
			.build());
	}

	static ConfigMap configMap(ObjectMeta metadata) {
		return ConfigMap.builder().metadata(metadata).build();
	}

	static Mono<KubernetesList<ConfigMap>> listed(long version, ConfigMap... items) {
		return page(String.valueOf(version), null, items);
	}

	static Mono<KubernetesList<ConfigMap>> page(@Nullable String version, @Nullable String next, ConfigMap... items) {
		return Mono.just(new KubernetesList<>("v1", "ConfigMapList",
				ListMeta.builder().resourceVersion(version).continue_(next).build(), List.of(items)));
	}

	static Flux<WatchEvent<ConfigMap>> events(List<WatchEvent<ConfigMap>> events) {
		return Flux.fromIterable(events);
	}

	static WatchEvent<ConfigMap> added(ConfigMap object) {
		return new WatchEvent.Added<>(object);
	}

	static WatchEvent<ConfigMap> modified(ConfigMap object) {
		return new WatchEvent.Modified<>(object);
	}

	static WatchEvent<ConfigMap> deleted(ConfigMap object) {
		return new WatchEvent.Deleted<>(object);
	}

	static WatchEvent<ConfigMap> bookmark(long version) {
		return new WatchEvent.Bookmark<>(String.valueOf(version), Map.of());
	}

	static WatchEvent<ConfigMap> endOfObjects(long version) {
		return new WatchEvent.Bookmark<>(String.valueOf(version),
				Map.of(WatchEvent.Bookmark.INITIAL_EVENTS_END, "true"));
	}

	static WatchEvent<ConfigMap> errorFrame(int code, String reason) {
		return new WatchEvent.Error<>(status(code, reason));
	}

	static KubernetesApiException apiError(int code, String reason) {
		return KubernetesApiException.of(status(code, reason));
	}

	static KubernetesApiException expiredPage(String inconsistentToken) {
		return KubernetesApiException.of(Status.builder()
			.metadata(ListMeta.builder().continue_(inconsistentToken).build())
			.status("Failure")
			.code(410)
			.reason("Expired")
			.message("The provided continue parameter is too old")
			.build());
	}

	static KubernetesApiException throttled(int retryAfterSeconds) {
		return KubernetesApiException.of(Status.builder()
			.status("Failure")
			.code(429)
			.reason("TooManyRequests")
			.message("slow down")
			.details(StatusDetails.builder().retryAfterSeconds(retryAfterSeconds).build())
			.build());
	}

	static KubernetesApiException versionTooLarge() {
		return KubernetesApiException.of(Status.builder()
			.status("Failure")
			.code(504)
			.reason("Timeout")
			.message("Too large resource version")
			.details(StatusDetails.builder()
				.causes(List.of(StatusCause.builder().reason("ResourceVersionTooLarge").message("too large").build()))
				.build())
			.build());
	}

	static KubernetesException connectionRefused() {
		return new KubernetesException("cannot reach the server", new ConnectException("Connection refused"));
	}

	static KubernetesException connectionReset() {
		return new KubernetesException("the connection broke", new IOException("Connection reset by peer"));
	}

	/**
	 * Return what code of a user may throw: an exception, and errors, of which Reactor
	 * lets those of the JVM pass.
	 */
	static Throwable[] broken() {
		return new Throwable[] { new IllegalStateException("broken"), new NoClassDefFoundError("broken"),
				new StackOverflowError("broken"), new AssertionError("broken") };
	}

	/**
	 * Throw anything.
	 */
	// the compiler is told that it is unchecked
	@SuppressWarnings("unchecked")
	static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
		throw (E) error;
	}

	private static Status status(int code, String reason) {
		return Status.builder().status("Failure").code(code).reason(reason).message(reason + " in a test").build();
	}

}
