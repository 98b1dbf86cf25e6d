package io.github.k8sclient.wire;

import io.github.k8sclient.meta.ListMeta;

/**
 * For the modules of this project: it may change in any release.
 * <p>
 * What a list has besides its items.
 *
 * @param type type of the list, such as {@code v1 PodList}
 * @param metadata the list's metadata, with its resource version and the token of the
 * next page
 * @since 0.1.0
 */
public record ListHeader(TypeMeta type, ListMeta metadata) {

}
