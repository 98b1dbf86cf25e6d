package io.github.k8sclient.client;

import java.util.function.Function;

import io.github.k8sclient.GoneException;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ListOptions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.StringUtils;

/**
 * Reads a list page by page, by the rules of client-go's {@code pager}, as a stream of
 * its items.
 *
 * @param <T> the type of the items
 */
final class ListPages<T> {

	private static final long PAGE_SIZE = 500;

	private final Function<ListOptions, Mono<KubernetesList<T>>> server;

	private final ListOptions first;

	ListPages(Function<ListOptions, Mono<KubernetesList<T>>> server, ListOptions options) {
		this.server = server;
		Long limit = options.limit();
		this.first = (limit != null && limit > 0) ? options : options.toBuilder().limit(PAGE_SIZE).build();
	}

	/**
	 * Return the items. A page is asked for when the one before it begins to be consumed.
	 */
	Flux<T> items() {
		return this.server.apply(this.first).expand(this::following).concatMapIterable(KubernetesList::items, 1);
	}

	private Mono<KubernetesList<T>> following(KubernetesList<T> page) {
		return from(page.metadata()).onErrorResume(GoneException.class, this::goOn);
	}

	// The token is older than what the server still knows. It gives another one, for what
	// comes after the same object as of now. Without one, as in client-go's EachListItem,
	// there is no falling back to a whole list: it would bring items a second time
	private Mono<KubernetesList<T>> goOn(GoneException expired) {
		return from(expired.status().metadata()).switchIfEmpty(Mono.error(expired));
	}

	private Mono<KubernetesList<T>> from(@Nullable ListMeta metadata) {
		String token = (metadata != null) ? metadata.continue_() : null;
		if (!StringUtils.hasLength(token)) {
			return Mono.empty();
		}
		// The token says the version, and the server wants it said once
		return this.server.apply(this.first.toBuilder()
			.continue_(token)
			.resourceVersion(null)
			.resourceVersionMatch((String) null)
			.build());
	}

}
