package io.github.k8sclient.meta;

import java.util.List;

/**
 * A list of objects of one kind, as an API server answers with. One class for all kinds:
 * the JSON and protobuf forms of {@code PodList}, {@code DeploymentList} and so on only
 * differ in the type of the items.
 *
 * @param <T> the type of the items
 * @param apiVersion the API version of the list, such as {@code apps/v1}
 * @param kind the kind of the list, such as {@code DeploymentList}
 * @param metadata the metadata of the list, with the resource version to watch from
 * @param items the objects, immutable
 * @since 0.1.0
 */
public record KubernetesList<T>(String apiVersion, String kind, ListMeta metadata, List<T> items) {

	/**
	 * Create a list.
	 * @param apiVersion the API version of the list
	 * @param kind the kind of the list
	 * @param metadata the metadata of the list
	 * @param items the objects, copied
	 */
	public KubernetesList {
		items = List.copyOf(items);
	}

}
