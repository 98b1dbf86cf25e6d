package io.github.k8sclient.autoconfigure.controller;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.autoconfigure.informer.InformerPlanner;
import io.github.k8sclient.controller.Controller;
import io.github.k8sclient.controller.Reconciler;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.ResolvableType;

/**
 * The controllers of an application: its beans of this type, and one for each reconciler
 * that none of them has.
 */
final class ApplicationControllers {

	private final List<Controller> controllers;

	/**
	 * Find the controllers.
	 * @param beanFactory the beans of the application
	 * @param informers gives the informers of reconcilers without a controller
	 */
	ApplicationControllers(ConfigurableListableBeanFactory beanFactory, InformerPlanner informers) {
		List<Controller> found = new ArrayList<>(
				beanFactory.getBeanProvider(Controller.class).orderedStream().toList());
		beanFactory.getBeansOfType(Reconciler.class, false, true).forEach((name, reconciler) -> {
			if (found.stream().noneMatch((controller) -> controller.reconciler() == reconciler)) {
				found.add(controller(name, reconciler, informerFor(name, beanFactory, informers)));
			}
		});
		this.controllers = List.copyOf(found);
	}

	// the informer is one of the type that the bean is declared to reconcile
	@SuppressWarnings("unchecked")
	private static <T extends KubernetesObject> Controller controller(String name, Reconciler<?> reconciler,
			SharedInformer<T> informer) {
		return Controller.builder(informer, (Reconciler<T>) reconciler).name(name).build();
	}

	private static SharedInformer<?> informerFor(String name, ConfigurableListableBeanFactory beanFactory,
			InformerPlanner informers) {
		Class<? extends KubernetesObject> type = resourceType(name, beanFactory);
		List<SharedInformer<?>> candidates = (type != null) ? informers.informersOf(type) : List.of();
		if (candidates.size() == 1) {
			return candidates.get(0);
		}
		String problem = (type != null) ? "reconciles " + type.getName() + ", for which it has the choice of "
				+ candidates.stream().map(SharedInformer::name).toList() : "names no type of resources";
		throw new FailureAnalyzedException("The reconciler '" + name + "' " + problem + ".",
				"Name a type, as in 'Reconciler<Pod>', or add a bean of type '" + Controller.class.getName()
						+ "' that has the reconciler and its informer.");
	}

	private static @Nullable Class<? extends KubernetesObject> resourceType(String name,
			ConfigurableListableBeanFactory beanFactory) {
		Class<? extends KubernetesObject> type = null;
		if (beanFactory.containsBeanDefinition(name)) {
			// a lambda has no generics of its own, its bean method has
			type = resourceType(beanFactory.getMergedBeanDefinition(name).getResolvableType());
		}
		if (type == null) {
			type = resourceType(ResolvableType.forClass(AutoProxyUtils.determineTargetClass(beanFactory, name)));
		}
		return type;
	}

	private static @Nullable Class<? extends KubernetesObject> resourceType(ResolvableType reconcilerType) {
		Class<?> type = reconcilerType.as(Reconciler.class).getGeneric().resolve(KubernetesObject.class);
		return Modifier.isAbstract(type.getModifiers()) ? null : type.asSubclass(KubernetesObject.class);
	}

	/**
	 * Return the controllers.
	 * @return the controllers
	 */
	List<Controller> controllers() {
		return this.controllers;
	}

	/**
	 * Run all controllers.
	 * @return ends when all have ended, or one has failed
	 */
	Mono<Void> run() {
		return Flux.merge(this.controllers.stream().map(Controller::run).toList()).then();
	}

	/**
	 * Let all controllers finish what they are doing.
	 * @return completes when they have
	 */
	Mono<Void> stop() {
		return Mono.when(this.controllers.stream().map(Controller::stop).toList());
	}

}
