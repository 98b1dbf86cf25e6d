package io.github.k8sclient.dynamic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.apiextensions.v1.CustomResourceDefinition;
import io.github.k8sclient.client.ApplyOptions;
import io.github.k8sclient.discovery.NoMatchException;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.meta.GroupKind;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.StatusDetails;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.util.StringUtils;

/**
 * Applies the documents of a manifest: first what others need to be there, namespaces and
 * definitions of custom resources, then the rest, each part in the order of the
 * documents.
 */
final class ManifestApplier {

	private static final String NAMESPACE = "v1 Namespace";

	private static final String DEFINITION = CustomResourceDefinition.API_VERSION + " " + CustomResourceDefinition.KIND;

	private static final Duration ESTABLISHED_WITHIN = Duration.ofSeconds(60);

	private static final Duration NEXT_WATCH = Duration.ofMillis(500);

	private final DynamicClient client;

	private final RESTMapper mapper;

	private final String defaultNamespace;

	ManifestApplier(DynamicClient client, RESTMapper mapper, String defaultNamespace) {
		this.client = client;
		this.mapper = mapper;
		this.defaultNamespace = defaultNamespace;
	}

	/**
	 * Apply documents.
	 * @return the objects in the order of the documents; fails then if a document failed
	 */
	Flux<Unstructured> apply(List<ManifestDocument> documents, ApplyOptions options) {
		List<ManifestDocument> first = documents.stream().filter(ManifestApplier::comesFirst).toList();
		List<ManifestDocument> then = documents.stream().filter((document) -> !comesFirst(document)).toList();
		boolean dryRun = !options.toPatchOptions().dryRun().isEmpty();
		return Flux.fromIterable(first)
			.concatMap((document) -> apply(document, options, Prerequisites.NONE))
			.concatMap((outcome) -> dryRun ? Mono.just(outcome) : established(outcome))
			.collectList()
			.flatMap((outcomes) -> {
				Prerequisites applied = Prerequisites.of(outcomes, dryRun);
				if (!applied.kinds().isEmpty()) {
					this.mapper.reset();
				}
				return Flux.fromIterable(then)
					.concatMap((document) -> apply(document, options, applied))
					.collectList()
					.map((others) -> join(outcomes, others));
			})
			.flatMapMany((outcomes) -> results(documents, outcomes));
	}

	private static boolean comesFirst(ManifestDocument document) {
		return document.object() != null
				&& (typeOf(document.object()).equals(NAMESPACE) || typeOf(document.object()).equals(DEFINITION));
	}

	private static String typeOf(Unstructured object) {
		return object.apiVersion() + " " + object.kind();
	}

	private static List<Outcome> join(List<Outcome> first, List<Outcome> then) {
		List<Outcome> all = new ArrayList<>(first);
		all.addAll(then);
		return all;
	}

	private static Flux<Unstructured> results(List<ManifestDocument> documents, List<Outcome> outcomes) {
		List<Unstructured> objects = new ArrayList<>();
		List<ManifestException.Failure> failures = new ArrayList<>();
		for (ManifestDocument document : documents) {
			Outcome outcome = outcomes.stream().filter((any) -> any.document() == document).findFirst().orElseThrow();
			if (outcome.failure() != null) {
				failures.add(document.failure(outcome.failure()));
			}
			else if (outcome.result() != null) {
				objects.add(outcome.result());
			}
		}
		Flux<Unstructured> applied = Flux.fromIterable(objects);
		return failures.isEmpty() ? applied
				: applied.concatWith(Mono.error(() -> new ManifestException(failures, documents.size())));
	}

	private Mono<Outcome> apply(ManifestDocument document, ApplyOptions options, Prerequisites applied) {
		Unstructured object = document.object();
		if (object == null) {
			return Mono.just(new Outcome(document, null, document.problem()));
		}
		return Mono.defer(() -> apply(object, object.groupVersionKind(), options, applied))
			.map((result) -> new Outcome(document, result, null))
			.onErrorResume(ManifestApplier::concernsTheDocument, (ex) -> Mono.just(new Outcome(document, null, ex)));
	}

	private Mono<Unstructured> apply(Unstructured object, GroupVersionKind kind, ApplyOptions options,
			Prerequisites applied) {
		Mono<Unstructured> result = Mono.defer(() -> this.mapper.mapping(kind))
			.flatMap((resource) -> apply(object, resource, options));
		if (applied.dryRun()) {
			return result.onErrorMap((failure) -> notChecked(failure, kind, applied));
		}
		return applied.kinds().contains(kind.groupKind()) ? result.retryWhen(untilServed()) : result;
	}

	/**
	 * A dry run keeps nothing, so the server cannot check what needs another object of
	 * the manifest.
	 */
	private static Throwable notChecked(Throwable failure, GroupVersionKind kind, Prerequisites applied) {
		if (isNotYetServed(failure) && applied.kinds().contains(kind.groupKind())) {
			return new KubernetesException(
					"It was not checked: its kind is defined in the same manifest, and a dry run" + " defines no kind",
					failure);
		}
		StatusDetails details = (failure instanceof NotFoundException notFound) ? notFound.status().details() : null;
		if (details != null && "namespaces".equals(details.kind()) && applied.namespaces().contains(details.name())) {
			return new KubernetesException("It was not checked: its namespace " + details.name()
					+ " is made by the same manifest, and a dry run makes none", failure);
		}
		return failure;
	}

	private static boolean concernsTheDocument(Throwable failure) {
		return failure instanceof KubernetesException || failure instanceof IllegalArgumentException;
	}

	/**
	 * A definition that is established is not yet told of by every API server, and its
	 * objects are not yet served.
	 */
	private static Retry untilServed() {
		return Retry.backoff(12, Duration.ofMillis(100))
			.maxBackoff(Duration.ofSeconds(2))
			.filter(ManifestApplier::isNotYetServed)
			.onRetryExhaustedThrow((spec, signal) -> signal.failure());
	}

	private static boolean isNotYetServed(Throwable failure) {
		return failure instanceof NoMatchException || failure instanceof NotFoundException notFound
				&& (notFound.status().details() == null || !StringUtils.hasText(notFound.status().details().name()));
	}

	private Mono<Unstructured> apply(Unstructured object, ServerResource resource, ApplyOptions options) {
		Unstructured.Builder builder = object.toBuilder();
		String namespace = "";
		if (resource.namespaced()) {
			namespace = Objects.requireNonNullElse(object.metadata().namespace(), this.defaultNamespace);
			builder.set(namespace, Unstructured.METADATA, "namespace");
		}
		else {
			builder.remove(Unstructured.METADATA, "namespace");
		}
		return this.client.resource(resource.resource()).namespace(namespace).apply(builder.build(), options);
	}

	/**
	 * Wait until a definition of a custom resource is in force.
	 */
	private Mono<Outcome> established(Outcome outcome) {
		Unstructured definition = outcome.result();
		if (definition == null || !typeOf(definition).equals(DEFINITION)) {
			return Mono.just(outcome);
		}
		String name = String.valueOf(definition.metadata().name());
		return this.client.resource(CustomResourceDefinition.class)
			.watch(ListOptions.builder().fieldSelector("metadata.name=" + name).build())
			.filter(ManifestApplier::isEstablished)
			.next()
			.repeatWhenEmpty((ends) -> ends.delayElements(NEXT_WATCH))
			.timeout(ESTABLISHED_WITHIN,
					Mono.error(() -> new KubernetesException(
							"It was applied, but is not established within " + ESTABLISHED_WITHIN.toSeconds() + " s")))
			.thenReturn(outcome)
			.onErrorResume(KubernetesException.class, (ex) -> Mono.just(new Outcome(outcome.document(), null, ex)));
	}

	private static boolean isEstablished(WatchEvent<CustomResourceDefinition> event) {
		CustomResourceDefinition definition = event.object();
		return definition != null && definition.status() != null && definition.status()
			.conditions()
			.stream()
			.anyMatch((condition) -> "Established".equals(condition.type()) && "True".equals(condition.status()));
	}

	/**
	 * What other documents may need, and has been applied before them.
	 *
	 * @param kinds the kinds that are defined
	 * @param namespaces the names of the namespaces
	 * @param dryRun whether nothing of it is there
	 */
	private record Prerequisites(Set<GroupKind> kinds, Set<String> namespaces, boolean dryRun) {

		static final Prerequisites NONE = new Prerequisites(Set.of(), Set.of(), false);

		static Prerequisites of(List<Outcome> outcomes, boolean dryRun) {
			Set<GroupKind> kinds = new HashSet<>();
			Set<String> namespaces = new HashSet<>();
			for (Outcome outcome : outcomes) {
				Unstructured object = outcome.result();
				if (object == null) {
					continue;
				}
				if (typeOf(object).equals(DEFINITION)) {
					kinds.add(new GroupKind(String.valueOf(object.nestedString("spec", "group")),
							String.valueOf(object.nestedString("spec", "names", "kind"))));
				}
				else {
					namespaces.add(String.valueOf(object.metadata().name()));
				}
			}
			return new Prerequisites(kinds, namespaces, dryRun);
		}

	}

	/**
	 * What became of a document.
	 *
	 * @param document the document
	 * @param result the object as the server keeps it, {@code null} if it failed
	 * @param failure why it failed, {@code null} if it did not
	 */
	private record Outcome(ManifestDocument document, @Nullable Unstructured result, @Nullable Throwable failure) {

	}

}
